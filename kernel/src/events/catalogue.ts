import { z } from 'zod';

/** What a subgraph publishes: by type, the schema of its data. Each schema and each of its fields is described, for `docs/events.md`. */
export type PublishedEvents = Readonly<Record<string, z.ZodObject>>;

/** By type, the data of these events. */
export type DataOf<Events extends PublishedEvents> = { [Type in keyof Events]: z.infer<Events[Type]> };

/** What an event is about: a type of the graph, and the field of the event's data that holds its id. */
export interface About {
  type: string;
  id: string;
}

/** That an event is told to those whom it concerns (`concerns`): the kind by which people choose how, and what is said. */
export interface Notice {
  /** In small letters with dashes, such as `invitation`. */
  kind: string;
  /** One line of English: `{actor}` is whoever caused the event, `{title}` the title of what it is about. */
  says: string;
}

/** The same schema, with what the catalogue says of the event beside its description. */
export const told = <Schema extends z.ZodObject>(schema: Schema, more: { about?: About; notice?: Notice }): Schema =>
  schema.meta({ ...schema.meta(), ...more });

/** An id of something, in the words of its description. */
export const id = (what: string) => z.guid().describe(what);

/** A moment in UTC, as `toISOString` writes it. */
export const moment = (what: string) => z.iso.datetime().describe(what);

/** Text, such as a key or a reason. */
export const word = (what: string) => z.string().describe(what);

/** A whole number from zero on. */
export const count = (what: string) => z.int().nonnegative().describe(what);

export const flag = (what: string) => z.boolean().describe(what);

/** Who sees the thing, after what happened. */
export const visibility = z
  .enum(['PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'])
  .describe('Who sees it: everybody, members of the community, of the team, or its author alone.');

/** A scope by its type and id. */
export const scopeFields = {
  scopeType: z.enum(['TENANT', 'COMMUNITY', 'TEAM']).describe('What the scope is.'),
  scopeId: id('The scope.'),
};

/** Where a thing lies: at the tenant where both are null. */
export const placeFields = {
  communityId: id('The community in which it lies; null at the tenant.').nullable(),
  teamId: id('The team in which it lies; null outside of one.').nullable(),
};

const contentFields = { type: word('Name of its type in the graph, such as `Post`.'), id: id('The thing.') };

/** What a subgraph publishes that declares `content`. */
export const contentHidden = z
  .strictObject(contentFields)
  .describe('Something that somebody wrote was hidden: only its author and those who manage there see it.');
export const contentRestored = z.strictObject(contentFields).describe('Something that was hidden is seen again.');

const change = z.looseObject({
  change: z.enum(['SCOPE', 'REMOVED', 'JOIN', 'LEAVE']),
  scope: z.object({ type: scopeFields.scopeType, id: scopeFields.scopeId }),
});

/** What a subgraph publishes that mirrors memberships into access. */
export const mirrorChanged = z
  .strictObject({ changes: z.array(change).describe('What each change means for scopes and roles, in its order.') })
  .describe('What another event of this subgraph means for access; recorded beside it.');
