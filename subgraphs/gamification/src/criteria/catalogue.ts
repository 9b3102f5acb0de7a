/** What criteria may say of one field of an event. */
export interface FieldKind {
  kind: 'id' | 'text' | 'number' | 'boolean' | 'moment';
  /** The values that it may have; null where any. */
  values: readonly string[] | null;
}

export interface EventKind {
  fields: ReadonlyMap<string, FieldKind>;
  /** Field that names whom the event counts for unless criteria say so; `actor` is who did it. */
  person: string;
  /** Every field that names a person, with `actor`. */
  people: readonly string[];
  /** Whether it says in which community and team it happened. */
  placed: boolean;
}

/** The types of events on which criteria may look, by name. */
export type Catalogue = ReadonlyMap<string, EventKind>;

// Fields that name a person, the one whom an event is mostly about first.
const PEOPLE = [
  ...['userId', 'memberId', 'learnerId', 'voterId', 'ownerId', 'authorId', 'delegatorId', 'nomineeId'],
  ...['delegateId', 'nominatedBy', 'invitedBy'],
];
// What is told for machines, and what comes of grants themselves: criteria that looked at that could go on for ever.
const LEFT_OUT = /^gamification\.|\.mirror\.changed$|\.content\.(hidden|restored)$|^activity\.|^operations\.|^access\./;

interface FieldSchema {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  anyOf?: readonly FieldSchema[];
}

/** `schema/events.json`: by type of event the JSON Schema of its data. */
export type PublishedCatalogue = Readonly<Record<string, { data: { properties?: Record<string, FieldSchema> } }>>;

function kindOf(given: FieldSchema): FieldKind | null {
  const { type, format, enum: values } = given.anyOf?.find((each) => each.type !== 'null') ?? given;
  if (type === 'boolean') return { kind: 'boolean', values: null };
  if (type === 'integer' || type === 'number') return { kind: 'number', values: null };
  if (type !== 'string') return null;
  const kind = format === 'uuid' ? 'id' : format === 'date-time' ? 'moment' : 'text';
  return { kind, values: values?.filter((value) => typeof value === 'string') ?? null };
}

function eventKind(properties: Record<string, FieldSchema>): EventKind {
  const known = Object.entries(properties).flatMap(([name, schema]) => {
    const kind = kindOf(schema);
    return kind ? [[name, kind] as const] : [];
  });
  const fields = new Map(known);
  const named = PEOPLE.filter((name) => fields.get(name)?.kind === 'id');
  return { fields, person: named[0] ?? 'actor', people: [...named, 'actor'], placed: fields.has('communityId') };
}

/** The catalogue as criteria see it. */
export function catalogueOf(published: PublishedCatalogue): Catalogue {
  const told = Object.entries(published).filter(([type]) => !LEFT_OUT.test(type));
  return new Map(told.map(([type, { data }]) => [type, eventKind(data.properties ?? {})]));
}
