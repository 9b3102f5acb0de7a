import { loadavg } from 'node:os';
import { uuidv7 } from '@polity/kernel/ids';
import { openSubgraph } from '@polity/kernel/testing/dialect';
import { startTestServer } from '@polity/kernel/testing/postgres';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import { wordsOf } from '../../subgraphs/profiles/src/domain/search/words.ts';
import { profiles } from '../../subgraphs/profiles/src/subgraph.ts';
import { percentile } from '../one-process.ts';

// What a search of people costs among 10,000 members: the whole operation of the subgraph, of which PostgreSQL is the larger part. The goal is 15 ms of SQL.

const PEOPLE = Number(process.env.PEOPLE ?? 10_000);
const ROUNDS = 100;
const FIRST = ['Alice', 'Bob', 'Carla', 'Dmitri', 'Eve', 'Farid', 'Greta', 'Hiro', 'Ines', 'Jonas', 'Ольга', '小明'];
const SYLLABLES = ['ba', 'den', 'ko', 'ler', 'mi', 'nov', 'ra', 'schu', 'sen', 'ti', 'vic', 'wald'];
const SEARCH = 'query ($query: String!) { searchUsers(query: $query) { edges { node { id } } } }';

const at = <Item>(items: readonly Item[], n: number) => items[n % items.length] as Item;
const nameOf = (n: number) => {
  const last = [n, n / 12, n / 144, n / 1_728].map((part) => at(SYLLABLES, Math.floor(part))).join('');
  return `${at(FIRST, n * 7)} ${last.charAt(0).toUpperCase()}${last.slice(1)}`;
};

const server = await startTestServer({});
const test = await openSubgraph(profiles, { beside: [access] });
try {
  const rows = Array.from({ length: PEOPLE }, (_, n) => {
    const words = wordsOf(`${nameOf(n)} person${n}`).map((word) => ` ${word}`);
    return { id: uuidv7(), user_id: uuidv7(), username: `person${n}`, display_name: nameOf(n), words: words.join('') };
  });
  const em = test.world.subgraph('profiles').runtime.em(test.tenantId);
  await em.execute(
    `insert into person_name (id, created_at, tenant_id, user_id, username, display_name, words)
      select p.id, now(), ?::uuid, p.user_id, p.username, p.display_name, p.words
      from jsonb_to_recordset(?::jsonb) as p(id uuid, user_id uuid, username text, display_name text, words text)`,
    [test.tenantId, JSON.stringify(rows)],
  );
  const viewer = await test.person();
  console.log(`${PEOPLE} people, load average ${loadavg()[0]?.toFixed(1)}, ${ROUNDS} searches each`);
  console.log('query'.padEnd(20), 'found'.padStart(6), 'p50 ms'.padStart(8), 'p95 ms'.padStart(8));
  for (const query of ['a', 'alice', 'alcie', 'schulervic', 'schluervic', 'greta ba', 'ольга', 'person777', 'nobody']) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const before = performance.now();
      const page = await test.get<{ edges: unknown[] }>(viewer, SEARCH, { query });
      times.push(performance.now() - before);
      found = page.edges.length;
    }
    times.sort((a, b) => a - b);
    const columns = [percentile(times, 0.5), percentile(times, 0.95)].map((ms) => ms.toFixed(1).padStart(8));
    console.log(query.padEnd(20), String(found).padStart(6), ...columns);
  }
} finally {
  await test.world.close();
  await server.stop();
}
