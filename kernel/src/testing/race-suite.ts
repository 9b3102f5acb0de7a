import { codeOf } from './dialect.ts';
import type { Shared } from './suites.ts';
import { onDatabase } from './walls.ts';

const AT_ONCE = 20;

/** What is done twenty times at once happens as often as it may, and all others are told why not. */
export function raceSuite(shared: Shared): void {
  const { races, unraced, subgraph } = shared.domain;
  const mutations = shared.fields.filter(({ root }) => root === 'mutation').map(({ name }) => name);
  const tried = Object.keys(races);

  /** How often each type of event was recorded after that one; what was recorded of other things is counted too, so nothing else goes on meanwhile. */
  const toldAfter = (id: string) =>
    onDatabase(shared.test.world, subgraph.name, (ask) =>
      ask<{ type: string; times: number }>(
        `select type, count(*)::int as times from outbox where id > ${id} group by type`,
      ),
    );
  const lastId = async () => {
    const [last] = await onDatabase(shared.test.world, subgraph.name, (ask) =>
      ask<{ id: string }>(`select coalesce(max(id), 0)::text as id from outbox`),
    );
    return last?.id ?? '0';
  };

  it('are tried with mutations of the contract', () => {
    expect(tried.filter((name) => !mutations.includes(name))).toEqual([]);
    expect(tried.length).toBeGreaterThan(0);
  });

  if (unraced)
    it('are tried with every mutation of the contract', () => {
      expect([...tried, ...Object.keys(unraced)].sort()).toEqual([...mutations].sort());
    });

  it.each(Object.entries(races))('twenty %s end as one after the other', async (_, { prepare, wins, code, told }) => {
    const call = await prepare(shared.test);
    const before = await lastId();
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, (_each, n) => call(n)));
    const codes = replies.map(codeOf);
    expect(codes.filter((each) => each === null)).toHaveLength(wins);
    expect([...new Set(codes.filter((each) => each !== null))]).toEqual(code ? [code] : []);
    if (!told) return;
    const events = await toldAfter(before);
    expect(Object.fromEntries(events.map(({ type, times }) => [type, times]))).toEqual(told);
  });
}
