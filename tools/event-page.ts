import { alternativesOf, type EventCatalogue, type JsonSchema } from './event-catalogue.ts';

const HEAD = `# Events

Made by \`npm run compose\` from each subgraph's \`src/events.ts\`; do not edit. The same as JSON Schema: \`schema/events.json\`.

Every event travels as a [CloudEvents 1.0](https://github.com/cloudevents/spec) envelope in JSON (\`kernel/src/events/envelope.ts\`): \`id\` is the same on every
delivery, \`subject\` is the thing whose events keep their order, \`tenantid\` the tenant, \`actorid\` who did it. \`data\` is what this page lists: ids, and what consumers
branch on. Fields may be added, and values to an enum; whatever else changes is a new type, such as \`portal.post.created.v2\`.
`;

const cell = (text: string) => text.replaceAll('|', '\\|');

function kindOf(schema: JsonSchema): string {
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 1) return alternatives.map(kindOf).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' ');
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`;
  if (schema.format === 'uuid') return 'id';
  if (schema.format === 'date-time') return 'moment';
  return `${schema.type ?? 'anything'}`;
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema): string[] {
  const rows = Object.entries(properties).map(([name, field]) => {
    const absent = required.includes(name) ? '' : ' (may be absent)';
    return `| \`${name}\` | ${cell(kindOf(field))}${absent} | ${cell(field.description ?? '')} |`;
  });
  return ['| Field | Type | Meaning |', '| --- | --- | --- |', ...rows];
}

function sectionOf(
  type: string,
  { description, deprecated, about, notice, consumers, data }: EventCatalogue[string],
): string[] {
  const taken = consumers.length > 0 ? consumers.map((name) => `\`${name}\``).join(', ') : 'nobody yet';
  const end = deprecated ? ['', '**Deprecated**: it goes with the next release.'] : [];
  const said = [
    ...(about ? [`About: \`${about.type}\` by \`${about.id}\`.`] : []),
    ...(notice ? [`Told to those whom it concerns as \`${notice.kind}\`: ${notice.says}.`] : []),
  ];
  const lines = said.length > 0 ? ['', said.join(' ')] : [];
  return [`### \`${type}\``, '', description, ...end, ...lines, '', `Taken by ${taken}.`, '', ...fieldsOf(data), ''];
}

/** The page about all events: who publishes what with which data, and who takes it. */
export function eventPage(catalogue: EventCatalogue): string {
  const publishers = Map.groupBy(Object.entries(catalogue), ([, { publisher }]) => publisher);
  const sections = [...publishers].flatMap(([publisher, events]) => [
    `## ${publisher}`,
    '',
    ...events.flatMap(([type, event]) => sectionOf(type, event)),
  ]);
  return `${HEAD}\n${sections.join('\n').trimEnd()}\n`;
}
