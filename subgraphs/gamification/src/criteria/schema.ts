import { z } from 'zod';

/** Greatest values that criteria may name, so that what is kept of one person stays small. */
export const MOST = { count: 1_000_000, distinct: 1_000, streak: 3_660, days: 731, parts: 20, depth: 4, listed: 50 };

const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
const most = (max: number) => z.int().min(1, 'must be 1 at least, or everybody would have it').max(max);

const selection = {
  event: z.string().max(200).describe('Type of the events that count, such as `portal.post.created`.'),
  where: z
    .record(z.string().max(100), z.union([scalar, z.array(scalar).min(1).max(MOST.listed)]))
    .refine((fields) => Object.keys(fields).length <= MOST.parts, `must name at most ${MOST.parts} fields`)
    .optional()
    .describe("Only events whose fields have this value, or one of these. Fields are those of the event's data."),
  person: z
    .string()
    .max(100)
    .optional()
    .describe('Field that names whom an event counts for, or `actor` for who did it; what the type says unless given.'),
  scope: z
    .strictObject({ type: z.enum(['TENANT', 'COMMUNITY', 'TEAM']), id: z.guid() })
    .optional()
    .describe('Only events that happened there: in a tenant, in a community and its teams, or in a team.'),
};
const withinDays = most(MOST.days)
  .optional()
  .describe("All of it within so many days in a row, by the person's zone; at any time without it.");
const atMostPerDay = most(MOST.count).optional().describe('What one day counts for at most, however much happens.');

export const operators = {
  count: z
    .strictObject({ ...selection, atLeast: most(MOST.count), withinDays, atMostPerDay })
    .describe('So many events.'),
  sum: z
    .strictObject({ ...selection, field: z.string().max(100), atLeast: most(MOST.count), withinDays, atMostPerDay })
    .describe('A number of the events, added up. What is no whole number from 0 on counts for nothing.'),
  distinct: z
    .strictObject({ ...selection, field: z.string().max(100), atLeast: most(MOST.distinct), withinDays })
    .describe('So many different values of a field, such as different polls.'),
  streak: z
    .strictObject({ ...selection, unit: z.enum(['DAY', 'WEEK']), atLeast: most(MOST.streak) })
    .describe("Something on so many days, or in so many weeks from Monday on, in a row, by the person's zone."),
  after: z
    .strictObject({ achievement: z.string().max(100) })
    .describe('Having been granted another achievement of the tenant, by its key.'),
} as const;

export type LeafOperator = keyof typeof operators;

const leaf = (operator: LeafOperator) => z.strictObject({ [operator]: operators[operator] });
const criterion: z.ZodType = z.lazy(() =>
  z.union([
    ...(Object.keys(operators) as LeafOperator[]).map(leaf),
    z.strictObject({ allOf: z.array(criterion).min(1).max(MOST.parts) }).describe('Every one of these.'),
    z.strictObject({ anyOf: z.array(criterion).min(1).max(MOST.parts) }).describe('At least one of these.'),
  ]),
);

/** The form of criteria as JSON Schema (2020-12), for editors; what is meant by them is checked when they are saved. */
export function criteriaJsonSchema(): object {
  const { $schema, ...form } = z.toJSONSchema(criterion, { reused: 'inline', unrepresentable: 'throw' });
  const { $defs = {}, ...root } = form as { $defs?: Record<string, object> };
  const revokeWhen = { description: 'What takes a grant away again; it is written like criteria.', ...root };
  const withRevoke = (branch: object) => ({
    ...branch,
    properties: { ...(branch as { properties: object }).properties, revokeWhen },
  });
  const branches = branchesOf(root, $defs).map(withRevoke);
  return { $schema, title: 'Criteria of an achievement', anyOf: branches, $defs };
}

interface Node {
  anyOf?: object[];
  $ref?: string;
}

function branchesOf(root: Node, defs: Record<string, object>): object[] {
  if (root.anyOf) return root.anyOf;
  const name = root.$ref?.split('/').at(-1) ?? '';
  return (defs[name] as Node | undefined)?.anyOf ?? [];
}
