import fc from 'fast-check';
import pg from 'pg';
import { blocksOf, leftOut, noBlocks } from '../src/access/blocks.ts';
import { canSee, type VisibleRow, type VisibleScopes, visibleRows, visibleScopes } from '../src/access/visibility.ts';
import { seenBy } from '../src/db/branches.ts';
import { numbered } from '../src/db/sql.ts';
import { testAdminUrl } from '../src/testing/postgres.ts';
import { judge, live, type StoredAccess } from './access-oracle.ts';
import { compile, runs, stored } from './stored-access.ts';

const CODES = { read: 'test.noun.verb0', manage: 'test.noun.verb1' };
const COLUMNS = {
  visibility: 'p."visibility"',
  communityId: 'p."community_id"',
  teamId: 'p."team_id"',
  authorId: 'p."author_id"',
  hiddenAt: 'p."hidden_at"',
};
const PLACES: [string | null, string | null][] = [
  [null, null],
  ['c1', null],
  ['c2', null],
  ['c1', 't11'],
  ['c1', 't12'],
  ['c2', 't21'],
  // Broken rows: a team without its community, and places the tree has lost.
  [null, 't11'],
  ['gone', null],
  ['gone', 'gone-team'],
];
const ROWS: VisibleRow[] = PLACES.flatMap(([communityId, teamId]) =>
  (['PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'] as const).flatMap((visibility) =>
    ['someone', 'another', null].flatMap((authorId) =>
      [false, true].map((isHidden) => ({ visibility, communityId, teamId, authorId, isHidden })),
    ),
  ),
);

const typeOf = (from: StoredAccess, id: string) => from.scopes.find((row) => row.id === id)?.type ?? 'TEAM';

/** Section 10 of the design, row by row, from stored access and without any list of scopes. */
function mayRead(from: StoredAccess, row: VisibleRow, viewerId: string | null): boolean {
  const holds = (code: string, id: string) => judge(from, code, { type: typeOf(from, id), id }).allowed === true;
  const at = row.teamId ?? row.communityId ?? 'tenant';
  const admin = judge(from, CODES.manage, { type: 'TENANT', id: 'tenant' }).reason === 'SYSTEM_ADMIN';
  const managesAll = from.scopes.every((scope) => holds(CODES.manage, scope.id));
  if ((row.visibility === 'PUBLIC' && !row.isHidden) || admin || managesAll) return true;
  if (from.flags.some((flag) => flag.flag === 'SUSPENDED' && live(flag, from.now))) return false;
  if (holds(CODES.manage, at)) return true;
  if (row.visibility === 'PRIVATE' || row.isHidden) return viewerId !== null && viewerId === row.authorId;
  const broken = row.communityId === null && row.teamId !== null;
  const audience = row.visibility === 'TEAM' || !row.teamId ? at : broken ? null : row.communityId;
  if (audience === null) return false;
  return (
    holds(CODES.read, audience) &&
    from.bindings.some((binding) => binding.scopeId === audience && live(binding, from.now))
  );
}

const managesSome = ({ managed: { tenant, communities, teams } }: VisibleScopes) =>
  tenant || communities.length + teams.length > 0;

const viewer = fc.constantFrom('someone', 'stranger', null);
const seen = (from: StoredAccess, viewerId: string | null) => {
  const visible = visibleScopes(compile(from), CODES, from.now);
  return ROWS.map((row) => canSee(visible, row, viewerId));
};

describe('visibility', () => {
  let client: pg.Client;

  beforeAll(async () => {
    client = new pg.Client({ connectionString: testAdminUrl() });
    await client.connect();
    await client.query(
      'create temp table p (n int, visibility text, community_id text, team_id text, author_id text, hidden_at text)',
    );
    for (const [n, row] of ROWS.entries()) {
      const values = [n, row.visibility, row.communityId, row.teamId, row.authorId, row.isHidden ? 'now' : null];
      await client.query('insert into p values ($1, $2, $3, $4, $5, $6)', values);
    }
  });

  afterAll(() => client.end());

  it('shows a row exactly to those the rules name, whatever their rows in access', () => {
    fc.assert(
      fc.property(stored, viewer, (from, viewerId) => {
        expect(seen(from, viewerId)).toEqual(ROWS.map((row) => mayRead(from, row, viewerId)));
      }),
      { numRuns: Math.ceil(runs.numRuns / 2) },
    );
  });

  it('is the same condition in PostgreSQL as in the function', async () => {
    await fc.assert(
      fc.asyncProperty(stored, viewer, async (from, viewerId) => {
        const visible = visibleScopes(compile(from), CODES, from.now);
        const { sql, params } = seenBy(visibleRows(visible, COLUMNS, viewerId));
        const found = await client.query<{ n: number }>(numbered(`select n from p where ${sql} order by n`), [
          ...params,
        ]);
        const numbers = ROWS.flatMap((row, n) => (canSee(visible, row, viewerId) ? [n] : []));
        expect(found.rows.map(({ n }) => n)).toEqual(numbers);
      }),
      { numRuns: Math.ceil(runs.numRuns / 5) },
    );
  });

  it('hides what people wrote between whom a block stands, alike in both, but from managers who were blocked', async () => {
    const some = fc.subarray(['another', 'third']);
    await fc.assert(
      fc.asyncProperty(stored, viewer, some, some, async (from, viewerId, blocked, blockers) => {
        const open = visibleScopes(compile(from), CODES, from.now);
        const blocks = blocksOf(blocked, blockers);
        const visible = { ...open, blocks };
        const { sql, params } = seenBy(visibleRows(visible, COLUMNS, viewerId));
        const found = await client.query<{ n: number }>(numbered(`select n from p where ${sql} order by n`), [
          ...params,
        ]);
        const numbers = ROWS.flatMap((row, n) => (canSee(visible, row, viewerId) ? [n] : []));
        expect(found.rows.map(({ n }) => n)).toEqual(numbers);
        for (const n of numbers) {
          const { authorId } = ROWS[n] as VisibleRow;
          expect(canSee(open, ROWS[n] as VisibleRow, viewerId)).toBe(true);
          expect(leftOut(blocks, true)).not.toContain(authorId);
          if (blockers.includes(authorId as string)) expect(open.everything || managesSome(open)).toBe(true);
        }
      }),
      { numRuns: Math.ceil(runs.numRuns / 5) },
    );
  });

  it('compares ids byte by byte, quotes, backslashes, braces and question marks included', async () => {
    const strange = ['a"b', "a'b", 'a\\b', '{a,b}', 'a?b', 'NULL', ''];
    const columns = { visibility: "'TEAM'", communityId: 'null::text', teamId: 'v.id', authorId: 'null::text' };
    const none = { tenant: false, communities: [], teams: [] };
    const count = async (id: string, teams: string[]) => {
      const visible = {
        everything: false,
        suspended: false,
        managed: none,
        memberOf: { ...none, teams },
        blocks: noBlocks,
      };
      const { sql, params } = seenBy(visibleRows(visible, columns, null));
      const query = numbered(`select 1 from (select ?::text as id) v where ${sql}`);
      return (await client.query(query, [id, ...params])).rowCount;
    };
    for (const id of strange) {
      const others = strange.filter((other) => other !== id);
      expect([id, await count(id, strange), await count(id, others)]).toEqual([id, 1, 0]);
    }
  });
});

describe('the rules by example', () => {
  const member = { validFrom: null, validUntil: null };
  const base: StoredAccess = {
    now: 0,
    codes: [CODES.read, CODES.manage],
    scopes: [
      { id: 'tenant', type: 'TENANT', parentId: null },
      { id: 'c1', type: 'COMMUNITY', parentId: 'tenant' },
      { id: 't11', type: 'TEAM', parentId: 'c1' },
    ],
    roles: [
      { id: 'member', permissions: [CODES.read] },
      { id: 'owner', permissions: [CODES.read, CODES.manage] },
    ],
    flags: [],
    bindings: [],
    overrides: [],
  };
  const bound = (roleId: string, scopeId: string): StoredAccess => ({
    ...base,
    bindings: [{ id: 'b', roleId, scopeId, ...member }],
  });
  const sees = (from: StoredAccess, row: Partial<VisibleRow>, viewerId: string | null = 'someone') =>
    canSee(
      visibleScopes(compile(from), CODES, 0),
      { visibility: 'PUBLIC', communityId: null, teamId: null, authorId: 'another', ...row },
      viewerId,
    );
  const teamRow = { communityId: 'c1', teamId: 't11' };

  it('lets a member of the community read what a team shared with it, and not what the team kept', () => {
    expect(sees(bound('member', 'c1'), { ...teamRow, visibility: 'COMMUNITY' })).toBe(true);
    expect(sees(bound('member', 'c1'), { ...teamRow, visibility: 'TEAM' })).toBe(false);
    expect(sees(bound('member', 't11'), { ...teamRow, visibility: 'TEAM' })).toBe(true);
  });

  it('does not make a member of the tenant a member of its communities', () => {
    expect(sees(bound('member', 'tenant'), { visibility: 'COMMUNITY' })).toBe(true);
    expect(sees(bound('member', 'tenant'), { visibility: 'COMMUNITY', communityId: 'c1' })).toBe(false);
  });

  it('shows a private row to its author and to managers of its scope only', () => {
    const row = { ...teamRow, visibility: 'PRIVATE' as const };
    expect(sees(base, { ...row, authorId: 'someone' })).toBe(true);
    expect(sees(bound('owner', 'c1'), row)).toBe(true);
    expect(sees(bound('member', 't11'), row)).toBe(false);
    expect(sees(base, { ...row, authorId: null }, null)).toBe(false);
  });

  it('leaves a suspended viewer what is public, and hides even their own private rows', () => {
    const flags: StoredAccess['flags'] = [{ flag: 'SUSPENDED', level: 'TENANT', ...member }];
    const suspended = { ...bound('owner', 'tenant'), flags };
    expect(sees(suspended, {})).toBe(true);
    expect(sees(suspended, { visibility: 'PRIVATE', authorId: 'someone' })).toBe(false);
    expect(sees(suspended, { visibility: 'COMMUNITY' })).toBe(false);
  });

  it('hides a community from the member who was denied reading there', () => {
    const overrides: StoredAccess['overrides'] = [
      { id: 'o', permission: CODES.read, scopeId: 'c1', effect: 'DENY', ...member },
    ];
    expect(sees({ ...bound('member', 'c1'), overrides }, { visibility: 'COMMUNITY', communityId: 'c1' })).toBe(false);
  });
});
