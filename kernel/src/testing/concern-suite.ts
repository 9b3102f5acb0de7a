import type { Concern } from '../duties/concerns.ts';
import { isUuid } from '../ids.ts';
import { serviceViewer } from '../request/context.ts';
import type { Shared } from './suites.ts';
import { onDatabase } from './walls.ts';

interface Recorded {
  id: string;
  type: string;
  payload: unknown;
  tenantId: string | null;
}

const CONCERNS = 'query ($type: String!, $data: JSON!) { _concerns(type: $type, data: $data) }';
const KINDS = ['OWNER', 'PARTICIPANT', 'MENTIONED'];
const asService = serviceViewer('test');

/** Whom the subgraph's own events concern, as notifications ask for it: people that the event or its thing names, and nobody for what is not declared. */
export function concernSuite(shared: Shared): void {
  const { subgraph, nouns, concerned = {} } = shared.domain;
  const declared = Object.keys(subgraph.concerns ?? {});

  const recordedAfter = (id: string) =>
    onDatabase(shared.test.world, subgraph.name, (ask) =>
      ask<Recorded>(`select id::text, type, payload, tenant_id as "tenantId" from outbox where id > ${id} order by id`),
    );
  const lastId = async () => (await recordedAfter('0')).at(-1)?.id ?? '0';
  const concernsOf = ({ type, payload, tenantId }: Recorded) =>
    shared.test.get<Concern[]>(asService, CONCERNS, { type, data: payload }, { tenantId });

  it('answers about each of its events with people, and about others with nobody', async () => {
    const before = await lastId();
    for (const noun of Object.values(nouns)) await noun.make(shared.test, shared.owner);
    const events = await recordedAfter(before);
    for (const event of events) {
      const concerns = await concernsOf(event);
      const isSomebody = ({ userId, as }: Concern) => isUuid(userId) && KINDS.includes(as);
      expect([event.type, concerns.every(isSomebody)]).toEqual([event.type, true]);
      if (!declared.includes(event.type)) expect([event.type, concerns]).toEqual([event.type, []]);
      expect(await concernsOf(event)).toEqual(concerns);
    }
    const unknown = { id: '0', type: `${subgraph.name}.nothing.happened`, payload: {}, tenantId: shared.test.tenantId };
    expect(await concernsOf(unknown)).toEqual([]);
  });

  it('is asked by services only', async () => {
    const asked = { type: declared[0] ?? 'x', data: {} };
    expect(await shared.test.codeOf(shared.owner, CONCERNS, asked)).toBe('FORBIDDEN');
  });

  const cases = Object.entries(concerned);
  if (cases.length === 0) return;

  it('is tested for every type that it declares', () => {
    expect(cases.map(([type]) => type).sort()).toEqual(declared.sort());
  });

  it.each(cases)('%s concerns whom it should', async (type, happens) => {
    const before = await lastId();
    const expected = await happens(shared.test, shared.owner);
    const event = (await recordedAfter(before)).filter((each) => each.type === type).at(-1);
    expect([type, event && (await concernsOf(event))]).toEqual([type, expected]);
  });
}
