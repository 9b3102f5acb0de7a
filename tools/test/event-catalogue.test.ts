import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, id, mirrorChanged, word } from '@polity/kernel/events/catalogue';
import { type AnySubgraph, defineSubgraph } from '@polity/kernel/graph/subgraph';
import { parse } from 'graphql';
import { z } from 'zod';
import { catalogueOf, type EventCatalogue, problemsOfEvents } from '../event-catalogue.ts';
import { breakingChanges } from '../event-changes.ts';
import { eventPage } from '../event-page.ts';
import { root } from '../subgraph-list.ts';

const order = z.strictObject({ orderId: id('The order.'), note: word('What they | wrote.').nullable() });
const placed = order.describe('Somebody ordered.');
const SUPERGRAPH =
  'directive @live(on: [String!]!) on FIELD_DEFINITION type Subscription { order: Int @live(on: ["shop.order.*"]) }';

function subgraph(name: string, more: Partial<AnySubgraph>): AnySubgraph {
  const part = { typeDefs: parse('type Query { a: Int }'), resolvers: {}, access: { permissions: [], roles: [] } };
  return defineSubgraph({ name, ...part, ...more } as AnySubgraph);
}
const taking = (...types: string[]) => [{ name: 'books', types, handle: async () => {} }];
const shop = (events: AnySubgraph['events']) => subgraph('shop', events ? { events } : {});
const catalogue = (events: AnySubgraph['events'], ...more: AnySubgraph[]) =>
  catalogueOf([shop(events), ...more], SUPERGRAPH);

describe('the catalogue of events', () => {
  const ledger = subgraph('ledger', { consumers: taking('shop.*', '*.mirror.changed'), scoped: [] });
  const made = catalogue({ 'shop.order.placed': placed, 'shop.mirror.changed': mirrorChanged }, ledger);

  it('says who publishes and who takes what, subscriptions and patterns included', () => {
    expect(Object.keys(made)).toEqual(['shop.mirror.changed', 'shop.order.placed']);
    expect(made['shop.order.placed']).toEqual({
      publisher: 'shop',
      description: 'Somebody ordered.',
      consumers: ['ledger.books', 'subscription order'],
      data: {
        type: 'object',
        properties: {
          orderId: { type: 'string', format: 'uuid', description: 'The order.' },
          note: { type: ['string', 'null'], description: 'What they | wrote.' },
        },
        required: ['orderId', 'note'],
      },
    });
    expect(made['shop.mirror.changed']?.consumers).toEqual(['ledger.books']);
  });

  it('is a page that shows it', () => {
    const page = eventPage(made);
    expect(page).toContain(
      '### `shop.order.placed`\n\nSomebody ordered.\n\nTaken by `ledger.books`, `subscription order`.',
    );
    expect(page).toContain('| `note` | string or null | What they \\| wrote. |');
  });

  it('is refused where a name is foreign, something is not described, or somebody takes what nobody publishes', () => {
    const bare = z.strictObject({ a: z.string() });
    const others = [subgraph('ledger', { consumers: taking('shop.order.lost') })];
    const all = [shop({ 'store.order.placed': placed, 'shop.order.placed': bare }), ...others];
    const problems = problemsOfEvents(catalogueOf(all, SUPERGRAPH), all, SUPERGRAPH);
    expect(problems.filter((problem) => !problem.startsWith('gateway.'))).toEqual([
      'shop.order.placed: has no description',
      'shop.order.placed: its field a has no description',
      'store.order.placed: shop publishes only types that begin with its name',
      'ledger.books takes shop.order.lost, which nobody publishes',
    ]);
  });

  it('of this repository is committed as JSON Schema', () => {
    const committed = JSON.parse(readFileSync(join(root, 'schema/events.json'), 'utf8')) as EventCatalogue;
    expect(Object.keys(committed).length).toBeGreaterThan(50);
    for (const [type, { data }] of Object.entries(committed))
      expect([type, z.fromJSONSchema(data as never)]).toBeTruthy();
  });
});

describe('a change of an event', () => {
  const lines = z.array(z.strictObject({ sku: word('What.') })).describe('Lines.');
  const before = { 'shop.order.placed': placed.extend({ lines }).describe('Somebody ordered.') };
  const changed = (now: z.ZodObject) => breakingChanges(catalogue(before), catalogue({ 'shop.order.placed': now }));

  it.each<[string, z.ZodObject, string[]]>([
    ['no change', before['shop.order.placed'], []],
    ['another field', placed.extend({ lines, total: count('Sum.') }), []],
    ['what is no longer null', placed.extend({ lines, note: word('Text.') }), []],
    ['a field that is gone', placed, ['shop.order.placed.lines is gone']],
    [
      'a field that may be absent',
      placed.extend({ lines: lines.optional() }),
      ['shop.order.placed.lines may be absent'],
    ],
    [
      'a field that may be null',
      placed.extend({ lines, orderId: id('The order.').nullable() }),
      ['shop.order.placed.orderId may be something else than before'],
    ],
    [
      'another type',
      placed.extend({ lines, orderId: count('Number.') }),
      ['shop.order.placed.orderId may be something else than before'],
    ],
    [
      'a field within a list that is gone',
      placed.extend({ lines: z.array(z.strictObject({ name: word('What.') })) }),
      ['shop.order.placed.lines[].sku is gone'],
    ],
  ])('%s', (_, now, breaks) => {
    expect(changed(now.describe('Somebody ordered.'))).toEqual(breaks);
  });

  it('a type goes only after it was deprecated', () => {
    const { 'shop.order.placed': type } = before;
    const deprecated = { 'shop.order.placed': type.meta({ deprecated: true }) };
    expect(breakingChanges(catalogue(before), {})).toEqual(['shop.order.placed is gone']);
    expect(breakingChanges(catalogue(deprecated), {})).toEqual([]);
    expect(eventPage(catalogue(deprecated))).toContain('Somebody ordered.\n\n**Deprecated**');
  });
});
