import { peopleShown } from '@polity/kernel/access/blocks';
import { holdsBindingAt } from '@polity/kernel/access/visibility';
import { readRows } from '@polity/kernel/db/rows';
import { all, any, containing, type Sql, sql } from '@polity/kernel/db/sql';
import { type Connection, type ConnectionArgs, paginate } from '@polity/kernel/graph/connection';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { Follow } from '../follow/follow.entity.ts';
import type { PersonRef } from '../person.ts';
import { PersonName, type PersonNameRow } from './person-name.entity.ts';
import { fitOf, wantedWords } from './words.ts';

const MAX_QUERY = 100;
/** People whose names may fit, and of whom those that do are ranked. */
const MAX_CANDIDATES = 500;
const FORGIVEN_FROM = 5;

interface Found extends PersonRef {
  rank: number;
  displayName: string;
}

const beginning = (word: string) => sql('t.words like ?', containing(` ${word}`));
const holding = (word: string) => sql('t.words like ?', containing(word));

/**
 * Names that may have the word: one edit leaves one half of it as it is, or changes the two letters between the halves. What really fits is looked
 * at afterwards.
 */
function mayHave(word: string): Sql {
  const letters = [...word];
  if (letters.length < FORGIVEN_FROM) return beginning(word);
  const middle = letters.length >> 1;
  const part = (from: number, to?: number) => letters.slice(from, to).join('');
  const swapped = part(0, middle - 1) + letters[middle] + letters[middle - 1] + part(middle + 1);
  return any(beginning(part(0, middle)), holding(part(middle)), beginning(swapped));
}

async function candidates(ctx: Context, wanted: readonly string[]): Promise<PersonNameRow[]> {
  const shown = peopleShown(await ctx.access.authorizer(), 't.user_id');
  const order = [{ column: 't.id', direction: 'asc' as const }];
  const read = (where: Sql) => readRows(ctx.em, PersonName, { where: [where, shown], order, limit: MAX_CANDIDATES });
  return read(all(...wanted.map(mayHave)));
}

const SHARED = 'query SharedPlaces($userId: ID!, $others: [ID!]!) { _sharedPlaces(userId: $userId, others: $others) }';

/** In how many communities and teams others are together with the viewer; none where access does not say. */
async function sharedWith({ services, viewer, log }: Context, others: readonly string[]): Promise<Map<string, number>> {
  try {
    const variables = { userId: viewer.id, others };
    const found = await services.call<{ _sharedPlaces: Record<string, number> }>('access', SHARED, variables);
    return new Map(Object.entries(found._sharedPlaces));
  } catch (error) {
    log.warn({ err: error }, 'a search goes on without what people share');
    return new Map();
  }
}

async function ranked(ctx: Context, wanted: readonly string[]): Promise<Found[]> {
  const fitting = (await candidates(ctx, wanted)).flatMap((name) => {
    const fit = fitOf(wanted, name.words.split(' ').filter(Boolean));
    return fit === null ? [] : [{ fit, id: name.userId, displayName: name.displayName }];
  });
  if (fitting.length === 0) return [];
  const ids = fitting.map(({ id }) => id);
  const follows = await readRows(ctx.em, Follow, {
    where: [{ followerId: ctx.viewer.id, followedId: ids, status: 'ACTIVE' }],
  });
  const followed = new Set(follows.map(({ followedId }) => followedId));
  const shared = await sharedWith(ctx, ids);
  const rankOf = (id: string, fit: number) =>
    fit * 10_000 + (followed.has(id) ? 0 : 1_000) + 999 - Math.min(999, shared.get(id) ?? 0);
  return fitting.map(({ fit, id, displayName }) => ({ id, displayName, rank: rankOf(id, fit) })).sort(inOrder);
}

const ORDER = [
  { column: 'rank', direction: 'asc', type: 'integer' },
  { column: 'displayName', direction: 'asc', type: 'text' },
  { column: 'id', direction: 'asc', type: 'uuid' },
] as const;
type Place = readonly [rank: number, displayName: string, id: string];

const placeOf = ({ rank, displayName, id }: Found): Place => [rank, displayName, id];
const compare = (a: Place, b: Place) =>
  a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0) || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
const inOrder = (a: Found, b: Found) => compare(placeOf(a), placeOf(b));

/**
 * Members of the tenant by their names, the best first: whom the viewer follows, with whom they share most, by name. Empty for who does not belong to the
 * tenant. Throws InvalidInput for a query beyond 100 characters.
 */
export async function search(
  ctx: Context,
  { query, ...args }: ConnectionArgs & { query: string },
): Promise<Connection<PersonRef>> {
  if (query.length > MAX_QUERY) throw new InvalidInput({ query: `must be at most ${MAX_QUERY} characters` });
  const wanted = wantedWords(query);
  const { set, nowMs } = await ctx.access.authorizer();
  const belongs = ctx.viewer.kind === 'user' && holdsBindingAt(set, ctx.tenantId, nowMs);
  const found = belongs && wanted.length > 0 ? await ranked(ctx, wanted) : [];
  return paginate<Found>({
    list: 'searchUsers',
    args,
    order: ORDER,
    async fetch({ after, before, backwards, limit }) {
      const page = found.filter(
        (each) =>
          (!after || compare(placeOf(each), after as unknown as Place) > 0) &&
          (!before || compare(placeOf(each), before as unknown as Place) < 0),
      );
      return (backwards ? page.toReversed() : page).slice(0, limit);
    },
  });
}
