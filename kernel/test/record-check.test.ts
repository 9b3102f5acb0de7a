import { CloudEvent, HTTP } from 'cloudevents';
import { z } from 'zod';
import { count, id } from '../src/events/catalogue.ts';
import type { EventEnvelope } from '../src/events/envelope.ts';
import { recordCheck } from '../src/events/record-check.ts';
import { uuidv7 } from '../src/ids.ts';
import { createLogger } from '../src/log/logger.ts';

const published = {
  'shop.order.placed': z
    .strictObject({ orderId: id('The order.'), lines: count('Lines.') })
    .describe('Somebody ordered.'),
};
const good = { orderId: uuidv7(), lines: 2 };

function checking(strict: boolean, share?: number) {
  const lines: string[] = [];
  let breaches = 0;
  const log = createLogger({ service: 'test', stream: { write: (line) => void lines.push(line) } });
  const check = recordCheck(published, {
    log,
    strict,
    ...(share !== undefined && { share }),
    onBreach: () => breaches++,
  });
  return { check, lines, breaches: () => breaches };
}

describe('data of a recorded event', () => {
  const cases: [string, string, unknown, RegExp][] = [
    ['of another kind', 'shop.order.placed', { ...good, lines: '2' }, /lines: /],
    ['that lacks a field', 'shop.order.placed', { orderId: good.orderId }, /lines: /],
    ['with a field more', 'shop.order.placed', { ...good, price: 3 }, /price/],
    ['that is nothing', 'shop.order.placed', null, /data: /],
    ['of a type that nobody declared', 'shop.order.lost', good, /not in events\.ts/],
  ];

  it('passes as it was declared', () => {
    expect(() => checking(true).check({ type: 'shop.order.placed', data: good })).not.toThrow();
  });

  it.each(cases)('%s throws where all is looked at', (_, type, data, problem) => {
    expect(() => checking(true).check({ type, data })).toThrow(problem);
  });

  it.each(cases)('%s is counted and logged in production, without what it holds', (_, type, data, problem) => {
    const { check, lines, breaches } = checking(false, 1);
    check({ type, data });
    expect(breaches()).toBe(1);
    expect(lines.join('')).toMatch(problem);
    expect(lines.join('')).not.toContain(good.orderId);
  });

  it('is looked at by sample in production, and the first of each type always', () => {
    const { check, breaches } = checking(false, 0);
    for (let n = 0; n < 50; n++) check({ type: 'shop.order.placed', data: null });
    expect(breaches()).toBe(1);
  });
});

describe('the envelope', () => {
  const envelope: EventEnvelope = {
    specversion: '1.0',
    id: uuidv7(),
    source: '/polity/shop',
    type: 'shop.order.placed',
    subject: good.orderId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: uuidv7(),
    actorid: uuidv7(),
    requestid: uuidv7(),
    causationid: uuidv7(),
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    data: good,
  };
  const read = (sent: EventEnvelope) =>
    HTTP.toEvent({
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
      body: JSON.stringify(sent),
    }) as CloudEvent<unknown>;

  it('is CloudEvents 1.0 in JSON structured mode for another reader', () => {
    const event = read(envelope);
    expect(event).toBeInstanceOf(CloudEvent);
    expect(event.validate()).toBe(true);
    expect(JSON.parse(JSON.stringify(event))).toEqual(envelope);
  });

  it('is so where nobody caused it and it belongs to no tenant', () => {
    const event = read({ ...envelope, tenantid: null, actorid: null, requestid: null });
    expect(event.validate()).toBe(true);
    expect(event.data).toEqual(good);
  });

  it('is not where an attribute is missing or has a name that none may have', () => {
    expect(() => read({ ...envelope, source: '' }).validate()).toThrow();
    expect(() => read({ ...envelope, 'tenant-id': 'x' } as never).validate()).toThrow();
  });
});
