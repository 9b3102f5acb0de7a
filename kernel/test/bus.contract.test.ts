import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Bus } from '../src/events/bus.ts';
import type { EventEnvelope } from '../src/events/envelope.ts';
import { localBus } from '../src/events/local-bus.ts';
import { type NatsBusOptions, natsBus } from '../src/events/nats-bus.ts';
import { ensureConsumer } from '../src/events/nats-stream.ts';
import { uuidv7 } from '../src/ids.ts';
import { reachable } from './loopback.ts';

const natsUrl = await reachable(process.env.NATS_URL, 'nats://127.0.0.1:4222');

function event(type: string, subject: string, data: unknown = {}): EventEnvelope {
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: `/polity/${type.split('.')[0]}`,
    type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: null,
    actorid: null,
    requestid: null,
    data,
  };
}

/** What a relay does: the same event again until the bus has taken it. */
async function publish(bus: Bus, envelope: EventEnvelope) {
  for (;;) {
    try {
      await bus.publish(envelope);
      return;
    } catch {
      await sleep(1);
    }
  }
}

function recorder() {
  const seen: EventEnvelope[] = [];
  return {
    seen,
    ids: () => seen.map(({ id }) => id),
    handle: async (envelope: EventEnvelope) => {
      seen.push(envelope);
    },
  };
}

function contract(openBus: () => Promise<Bus>) {
  let bus: Bus;

  beforeEach(async () => {
    bus = await openBus();
  });
  afterEach(() => bus.close());

  test('a consumer that stands still is seen by how many events wait for it, where the bus keeps them', async () => {
    const gate = Promise.withResolvers<void>();
    await bus.subscribe({ name: 'still.taker', types: ['still.*'], handle: () => gate.promise });
    const published = ['a', 'b', 'c'].map((subject) => publish(bus, event('still.order.placed', subject)));
    const told = () => bus.pending('still.taker').catch(() => 0);
    let pending = await told();
    while (pending !== null && pending < 3) pending = await told();
    gate.resolve();
    await Promise.all(published);
    await bus.idle();
    expect(await bus.pending('still.taker')).toBe(pending === null ? null : 0);
  });

  test('every consumer of a type gets the event whole, whatever it holds', async () => {
    const [first, second] = [recorder(), recorder()];
    await bus.subscribe({ name: 'first', types: ['shop.order.placed'], handle: first.handle });
    await bus.subscribe({ name: 'second', types: ['shop.order.placed'], handle: second.handle });
    const placed: EventEnvelope = {
      ...event('shop.order.placed', 'o1', { text: 'Grüße 🗳️ "x" \u0000', deep: [{ n: 1.5, none: null }] }),
      tenantid: uuidv7(),
      actorid: 'someone',
      causationid: uuidv7(),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    await publish(bus, placed);
    await bus.idle();
    expect(first.seen).toEqual([placed]);
    expect(second.seen).toEqual([placed]);
  });

  test('a consumer gets its exact types and everything under its prefixes, and nothing else', async () => {
    const [exact, prefix, several] = [recorder(), recorder(), recorder()];
    await bus.subscribe({ name: 'exact', types: ['shop.order.placed'], handle: exact.handle });
    await bus.subscribe({ name: 'prefix', types: ['shop.order.*'], handle: prefix.handle });
    await bus.subscribe({
      name: 'several',
      types: ['shop.order.paid', 'mail.*', 'mail.letter.sent'],
      handle: several.handle,
    });
    const types = [
      'shop.order.placed',
      'shop.order.paid',
      'shop.order.line.added',
      'shop.orders.closed',
      'mail.letter.sent',
    ];
    for (const type of types) await publish(bus, event(type, type));
    await bus.idle();
    const typesOf = ({ seen }: ReturnType<typeof recorder>) => seen.map(({ type }) => type).sort();
    expect(typesOf(exact)).toEqual(['shop.order.placed']);
    expect(typesOf(prefix)).toEqual(['shop.order.line.added', 'shop.order.paid', 'shop.order.placed']);
    expect(typesOf(several)).toEqual(['mail.letter.sent', 'shop.order.paid']);
  });

  test('a consumer may take one type of every subgraph', async () => {
    const anybody = recorder();
    await bus.subscribe({ name: 'anybody', types: ['*.order.placed'], handle: anybody.handle });
    for (const type of ['shop.order.placed', 'mail.order.placed', 'shop.order.paid', 'shop.old.order.placed'])
      await publish(bus, event(type, type));
    await bus.idle();
    expect(anybody.seen.map(({ type }) => type).sort()).toEqual(['mail.order.placed', 'shop.order.placed']);
  });

  test('whoever watches sees events of the types go by, beside consumers and with no place of its own', async () => {
    const seen: string[][] = [[], []];
    const consumer = recorder();
    await bus.subscribe({ name: 'consumer', types: ['shop.*'], handle: consumer.handle });
    const stop = await bus.watch(['shop.order.*', 'mail.letter.sent'], ({ type }) => seen[0]?.push(type));
    await bus.watch(['shop.order.placed'], ({ type }) => seen[1]?.push(type));
    for (const type of ['shop.order.placed', 'shop.orders.closed', 'mail.letter.sent'])
      await publish(bus, event(type, 'o1'));
    await bus.idle();
    while ((seen[0]?.length ?? 0) < 2) await sleep(5);
    await stop();
    await publish(bus, event('shop.order.placed', 'o2'));
    while ((seen[1]?.length ?? 0) < 2) await sleep(5);
    expect(seen).toEqual([
      ['shop.order.placed', 'mail.letter.sent'],
      ['shop.order.placed', 'shop.order.placed'],
    ]);
    await expect(bus.watch(['no type'], () => {})).rejects.toThrow(TypeError);
  });

  test('one consumer cannot change the event that another gets', async () => {
    const other = recorder();
    const spoil = async (envelope: EventEnvelope) => {
      envelope.type = 'spoilt';
      (envelope.data as { list: number[] }).list.push(2);
    };
    await bus.subscribe({ name: 'a.spoiler', types: ['shop.*'], handle: spoil });
    await bus.subscribe({ name: 'other', types: ['shop.*'], handle: other.handle });
    const placed = event('shop.order.placed', 'o1', { list: [1] });
    await publish(bus, placed);
    await bus.idle();
    expect(other.seen).toEqual([expect.objectContaining({ type: 'shop.order.placed', data: { list: [1] } })]);
  });

  test('events of one aggregate are handled one after the other in their order, whatever fails on the way', async () => {
    const handled: number[] = [];
    let running = 0;
    let tries = 0;
    await bus.subscribe({
      name: 'orderly',
      types: ['shop.*'],
      async handle({ data }) {
        expect(++running).toBe(1);
        await sleep(1);
        running -= 1;
        if (++tries % 3 === 0) throw new Error('not now');
        handled.push(data as number);
      },
    });
    for (let n = 0; n < 20; n++) await publish(bus, event('shop.order.changed', 'o1', n));
    await bus.idle();
    expect(handled).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test('an event that a consumer fails on comes again to that consumer and not to the others', async () => {
    const other = recorder();
    const failing = recorder();
    let failures = 3;
    await bus.subscribe({ name: 'other', types: ['shop.*'], handle: other.handle });
    await bus.subscribe({
      name: 'failing',
      types: ['shop.*'],
      async handle(envelope) {
        if (failures-- > 0) throw new Error('not now');
        await failing.handle(envelope);
      },
    });
    const placed = event('shop.order.placed', 'o1');
    await publish(bus, placed);
    await bus.idle();
    expect(failing.ids()).toEqual([placed.id]);
    expect(other.ids()).toEqual([placed.id]);
  });

  test('an aggregate whose event keeps failing does not hold up another', async () => {
    const seen = recorder();
    let broken = true;
    await bus.subscribe({
      name: 'picky',
      types: ['shop.*'],
      async handle(envelope) {
        if (envelope.subject === 'stuck' && broken) throw new Error('not now');
        await seen.handle(envelope);
      },
    });
    const [stuck, fine] = [event('shop.order.placed', 'stuck'), event('shop.order.placed', 'fine')];
    const stuckPublished = publish(bus, stuck);
    await publish(bus, fine);
    while (seen.seen.length === 0) await sleep(5);
    expect(seen.ids()).toEqual([fine.id]);
    broken = false;
    await stuckPublished;
    await bus.idle();
    expect(seen.ids()).toEqual([fine.id, stuck.id]);
  });

  test('after unsubscribing nothing more is handled here, and the name is free again', async () => {
    const [before, after] = [recorder(), recorder()];
    const unsubscribe = await bus.subscribe({ name: 'guest', types: ['shop.*'], handle: before.handle });
    await publish(bus, event('shop.order.placed', 'o1'));
    await bus.idle();
    await unsubscribe();
    await bus.subscribe({ name: 'guest', types: ['shop.*'], handle: after.handle });
    const second = event('shop.order.placed', 'o2');
    await publish(bus, second);
    await bus.idle();
    expect(before.seen).toHaveLength(1);
    expect(after.ids()).toEqual([second.id]);
  });

  test('a name that is taken, a malformed name and a malformed type are refused', async () => {
    const { handle } = recorder();
    await bus.subscribe({ name: 'taken', types: ['shop.*'], handle });
    await expect(bus.subscribe({ name: 'taken', types: ['shop.*'], handle })).rejects.toThrow(TypeError);
    await expect(bus.subscribe({ name: 'Not_a name', types: ['shop.*'], handle })).rejects.toThrow(TypeError);
    for (const types of [[], ['*'], ['>'], ['shop'], ['shop.>'], ['shop.*.placed'], ['shop.order placed']]) {
      await expect(bus.subscribe({ name: 'fresh', types, handle })).rejects.toThrow(TypeError);
    }
  });

  test('a closed bus takes nothing and closing it waits for what is being handled', async () => {
    let finished = false;
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    await bus.subscribe({
      name: 'slow',
      types: ['shop.*'],
      async handle() {
        begun();
        await sleep(50);
        finished = true;
      },
    });
    const published = bus.publish(event('shop.order.placed', 'o1'));
    await started;
    await bus.close();
    await published;
    expect(finished).toBe(true);
    await expect(bus.publish(event('shop.order.placed', 'o2'))).rejects.toThrow('closed');
  });
}

describe('local bus', () => {
  contract(async () => localBus());

  test('publishing rejects until every consumer has settled the event', async () => {
    const bus = localBus();
    let broken = true;
    await bus.subscribe({
      name: 'broken',
      types: ['shop.*'],
      async handle() {
        if (broken) throw new Error('not now');
      },
    });
    const placed = event('shop.order.placed', 'o1');
    await expect(bus.publish(placed)).rejects.toThrow('not now');
    broken = false;
    await expect(bus.publish(placed)).resolves.toBeUndefined();
  });

  test('a consumer that never answers fails its delivery instead of holding up the relay', async () => {
    const bus = localBus({ handleTimeoutMs: 20 });
    await bus.subscribe({ name: 'silent', types: ['shop.*'], handle: () => new Promise(() => undefined) });
    await expect(bus.publish(event('shop.order.placed', 'o1'))).rejects.toThrow('silent');
  });
});

(natsUrl ? describe : describe.skip)('NATS bus', () => {
  const streams: string[] = [];
  const freshNames = () => {
    const id = `test-${randomBytes(6).toString('hex')}`;
    streams.push(id);
    return { stream: id, prefix: id };
  };
  const options = (more: Partial<NatsBusOptions>): NatsBusOptions => ({
    url: natsUrl as string,
    backoff: { baseMs: 2, maxMs: 20 },
    ...more,
  });

  afterAll(async () => {
    const connection = await connect({ servers: natsUrl as string });
    const jsm = await jetstreamManager(connection);
    for (const stream of streams) await jsm.streams.delete(stream).catch(() => undefined);
    await connection.close();
  });

  contract(async () => natsBus(options(freshNames())));

  test('an event published twice under one id is stored once', async () => {
    const bus = natsBus(options(freshNames()));
    const seen = recorder();
    await bus.subscribe({ name: 'reader', types: ['shop.*'], handle: seen.handle });
    const placed = event('shop.order.placed', 'o1');
    await bus.publish(placed);
    await bus.publish(placed);
    await bus.idle();
    expect(seen.ids()).toEqual([placed.id]);
    await bus.close();
  });

  test('a consumer that was away gets what it missed, in order, and nothing it had settled', async () => {
    const names = freshNames();
    const [before, after] = [recorder(), recorder()];
    const first = natsBus(options(names));
    await first.subscribe({ name: 'reader', types: ['shop.*'], handle: before.handle });
    await publish(first, event('shop.order.placed', 'o1', 0));
    await first.idle();
    await first.close();
    const second = natsBus(options(names));
    for (let n = 1; n <= 30; n++) await publish(second, event('shop.order.placed', 'o1', n));
    await second.subscribe({ name: 'reader', types: ['shop.*'], handle: after.handle });
    await second.idle();
    expect(after.seen.map(({ data }) => data)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    await second.close();
  });

  test('an event in work when its process stops goes to the next process', async () => {
    const names = freshNames();
    const seen = recorder();
    const first = natsBus(options({ ...names, backoff: { baseMs: 60_000, maxMs: 60_000 } }));
    let tried = false;
    await first.subscribe({
      name: 'reader',
      types: ['shop.*'],
      async handle() {
        tried = true;
        throw new Error('not now');
      },
    });
    const placed = event('shop.order.placed', 'o1');
    await publish(first, placed);
    while (!tried) await sleep(5);
    await first.close();
    const second = natsBus(options(names));
    await second.subscribe({ name: 'reader', types: ['shop.*'], handle: seen.handle });
    await second.idle();
    expect(seen.ids()).toEqual([placed.id]);
    await second.close();
  });

  test('an event whose processes kept dying is given up durably and not handled again', async () => {
    const names = freshNames();
    const reader = { name: 'reader', types: ['shop.*'] };
    const [handled, givenUp] = [recorder(), recorder()];
    const bus = natsBus(options({ ...names, ackWaitMs: 100, maxDeliveries: 2 }));
    const placed = event('shop.order.placed', 'o1');
    await publish(bus, placed);
    const dying = await connect({ servers: natsUrl as string });
    const jsm = await jetstreamManager(dying);
    await ensureConsumer(jsm, names, { ...reader, ...handled }, { ackWaitMs: 100, maxAckPending: 64 });
    const durable = await jetstream(dying).consumers.get(names.stream, reader.name);
    // Taken twice and never answered, as by a process that ended in the middle of it.
    for (let death = 0; death < 2; death++) expect(await durable.next()).not.toBeNull();
    await dying.close();
    await bus.subscribe({ ...reader, handle: handled.handle, giveUp: givenUp.handle });
    await bus.idle();
    expect({ given: givenUp.ids(), handled: handled.ids() }).toEqual({ given: [placed.id], handled: [] });
    await bus.close();
  });

  test('a stream that was deleted is made again, and its consumers with it', async () => {
    const names = freshNames();
    const bus = natsBus(options(names));
    const seen = recorder();
    await bus.subscribe({ name: 'reader', types: ['shop.*'], handle: seen.handle });
    await publish(bus, event('shop.order.placed', 'o1', 'before'));
    await bus.idle();
    const connection = await connect({ servers: natsUrl as string });
    await (await jetstreamManager(connection)).streams.delete(names.stream);
    await connection.close();
    await publish(bus, event('shop.order.placed', 'o1', 'after'));
    while (seen.seen.length < 2) await sleep(20);
    expect(seen.seen.map(({ data }) => data)).toEqual(['before', 'after']);
    await bus.close();
  });
});

test('publishing to a NATS server that is not there rejects, and closing such a bus still works', async () => {
  const bus = natsBus({ url: 'nats://127.0.0.1:9' });
  await expect(bus.publish(event('shop.order.placed', 'o1'))).rejects.toThrow();
  await bus.close();
});
