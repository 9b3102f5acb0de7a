import type { ScopeRef, ScopeType } from '@polity/kernel/access/tree';
import { canonicalId, NIL_UUID } from '@polity/kernel/ids';
import { z } from 'zod';
import { lookedUp } from '../domain/user.ts';
import { Refused } from './caller.ts';

// Shapes of the OpenID AuthZEN Authorization API 1.0, sections 6 to 8. Fields that are not named here are ignored, as it demands.
const properties = z.record(z.string(), z.unknown()).optional();
const word = z.string().min(1);
const id = word.transform(canonicalId);
const subject = z.object({ type: word, id, properties });
const resource = z.object({ type: word, id, properties });
const action = z.object({ name: word, properties });
const page = z.object({ token: z.string().optional(), limit: z.number().int().min(1).optional() }).optional();

/** Taken and not looked at; a text or a list in its place is a mistake of the caller. */
const context = properties;

export const evaluation = z.object({ subject, action, resource, context });
/** Items and their defaults are looked at one by one: one that is incomplete is denied, the others are answered. */
export const evaluations = z.object({
  context,
  evaluations: z.array(z.record(z.string(), z.unknown())).max(1_000).optional(),
  options: z
    .object({
      evaluations_semantic: z.enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit']).optional(),
    })
    .optional(),
});
export const subjectSearch = z.object({
  subject: z.object({ type: word, properties }),
  action,
  resource,
  context,
  page,
});
export const resourceSearch = z.object({
  subject,
  action,
  resource: z.object({ type: word, properties }),
  context,
  page,
});
export const actionSearch = z.object({ subject, resource, context, page });

export type Evaluation = z.infer<typeof evaluation>;
export type Evaluations = z.infer<typeof evaluations>;
export type Page = z.infer<typeof page>;

/** Reads a body. Throws Refused 400 that names the first wrong field. */
export function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refused(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`);
}

export const SCOPE_TYPES: Readonly<Record<string, ScopeType>> = {
  tenant: 'TENANT',
  community: 'COMMUNITY',
  team: 'TEAM',
};
const SUBJECTS = new Set(['user', 'application']);

/** Whether access knows subjects of this type at all. */
export const isSubjectType = (type: string): boolean => SUBJECTS.has(type);

/** Under which id access holds what this subject may: roles are people's, so an application holds nothing here, whatever its id names. */
export const heldBy = ({ type, id }: Evaluation['subject']): string => (type === 'user' ? lookedUp(id) : NIL_UUID);

/** The scope that a resource is; null for resources of types that access does not know. */
export function scopeOf({ type, id }: { type: string; id: string }): ScopeRef | null {
  const scopeType = Object.hasOwn(SCOPE_TYPES, type) ? SCOPE_TYPES[type] : undefined;
  return scopeType ? { type: scopeType, id } : null;
}
