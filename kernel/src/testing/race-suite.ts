import { codeOf } from './dialect.ts';
import type { Shared } from './suites.ts';

const AT_ONCE = 20;

/** What is done twenty times at once happens as often as it may, and all others are told why not. */
export function raceSuite(shared: Shared): void {
  const { races } = shared.domain;

  it('are tried with mutations of the contract', () => {
    const mutations = shared.fields.filter(({ root }) => root === 'mutation').map(({ name }) => name);
    expect(Object.keys(races).filter((name) => !mutations.includes(name))).toEqual([]);
    expect(Object.keys(races).length).toBeGreaterThan(0);
  });

  it.each(Object.entries(races))('twenty %s end as one after the other', async (_, { prepare, wins, code }) => {
    const call = await prepare(shared.test);
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, (_each, n) => call(n)));
    const codes = replies.map(codeOf);
    expect(codes.filter((each) => each === null)).toHaveLength(wins);
    expect([...new Set(codes.filter((each) => each !== null))]).toEqual(code ? [code] : []);
  });
}
