import { hash } from 'node:crypto';
import { manualClock } from '@polity/kernel/clock';
import type { ServiceClient } from '@polity/kernel/service/client';
import { automaticQueries } from '../src/persisted/automatic.ts';
import { clients } from '../src/persisted/client.ts';
import { operationRegistry } from '../src/persisted/registry.ts';
import { startGatewayWorld } from './gateway-world.ts';

const TENANT = 'tenant';
const FLOOD = 50_000;

function registryOf(published: Readonly<Record<string, string>>) {
  let calls = 0;
  const call = async (_subgraph: string, _query: string, { id }: { id: string }) => {
    calls++;
    const body = published[id];
    return { _persistedOperation: body === undefined ? null : { key: id, body, sha256: hash('sha256', body) } };
  };
  const registry = operationRegistry(() => ({ call }) as unknown as ServiceClient);
  const client = clients(manualClock()).of(TENANT, new Map(), null, undefined);
  return { registry, client, calls: () => calls };
}

describe('made-up ids', () => {
  it('push nothing out that was published, and are remembered within bounds', async () => {
    const { registry, client, calls } = registryOf({ good: '{ __typename }' });
    await registry.find(TENANT, client, { id: 'good' });
    for (let n = 0; n < FLOOD; n++) await registry.find(TENANT, client, { id: `made-up-${n}` });
    expect(calls()).toBe(FLOOD + 1);
    await registry.find(TENANT, client, { id: 'good' });
    await registry.find(TENANT, client, { id: `made-up-${FLOOD - 1}` });
    expect(calls()).toBe(FLOOD + 1);
    expect(registry.knows(TENANT, client, { id: 'made-up-0' })).toBe(false);
  });

  it('are asked for once where many come with one at the same moment', async () => {
    const { registry, client, calls } = registryOf({});
    await Promise.all(Array.from({ length: 100 }, () => registry.find(TENANT, client, { id: 'one' })));
    expect(calls()).toBe(1);
  });

  it('cost whoever makes them up more than ids that were published', async () => {
    const at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '20000' } } });
    try {
      const guest = at.browser();
      const headers = { 'content-type': 'application/json' };
      const ask = (documentId: string) => guest.send('POST', '/graphql', headers, JSON.stringify({ documentId }));
      const leftOf = async (id: string) => Number(/r=(\d+)/.exec(String((await ask(id)).headers.ratelimit))?.[1]);
      // What is known to be unknown takes what every request takes.
      await ask('0');
      const before = await leftOf('0');
      expect(before - (await leftOf('0'))).toBe(10);
      let answered = 0;
      while (answered < 1_000 && (await ask(`made-up-${answered}`)).status === 200) answered++;
      expect(answered).toBeLessThan(20_000 / 60);
      expect(answered).toBeGreaterThan(100);
    } finally {
      await at.close();
    }
  });
});

describe('texts of automatic persisted queries', () => {
  it('are remembered within bounds, each tenant for itself', () => {
    const texts = automaticQueries();
    texts.set('other', 'first', 'its own');
    for (let n = 0; n < FLOOD; n++) texts.set(TENANT, `h${n}`, `{ a${n} }`);
    expect([texts.get(TENANT, 'h0'), texts.get(TENANT, `h${FLOOD - 1}`)]).toEqual([undefined, `{ a${FLOOD - 1} }`]);
    expect(texts.get('other', `h${FLOOD - 1}`)).toBeUndefined();
    texts.set(TENANT, 'huge', 'x'.repeat(9_000_000));
    expect(texts.get(TENANT, 'huge')).toBeUndefined();
  });
});
