import type { GraphReply, GraphRequest, Transport } from '@polity/kernel/graph/transport';
import { anonymous, type RequestInfo } from '@polity/kernel/request/context';
import { buildSchema, execute, parse } from 'graphql';
import { batchingTransport } from '../src/batching.ts';

const schema = buildSchema(`
  scalar _Any
  type Thing { id: ID! name(loud: Boolean = false): String  broken: String }
  type Query { _entities(representations: [_Any!]!): [Thing]!  other: String }
`);

interface Rep {
  id: string;
}

const root = {
  other: 'other',
  _entities: ({ representations }: { representations: Rep[] }) =>
    representations.map(({ id }) => ({
      id,
      name: ({ loud }: { loud: boolean }) => (loud ? `THING ${id}` : `thing ${id}`),
      broken: () => {
        throw new Error(`no ${id}`);
      },
    })),
};

const info = (): RequestInfo => ({
  requestId: 'request-1',
  tenantId: null,
  viewer: anonymous,
  stamp: null,
  deadline: Date.now() + 1_000,
  onBehalfOf: null,
  address: null,
  device: null,
});

function world() {
  const seen: GraphRequest[] = [];
  const real: Transport = {
    async execute(_name, request) {
      seen.push(request);
      const { query, variables = {} } = request;
      return (await execute({
        schema,
        document: parse(query),
        rootValue: root,
        variableValues: variables,
      })) as GraphReply;
    },
    close: async () => {},
  };
  return { seen, transport: batchingTransport(real) };
}

const fetchOf = (selection: string, ids: string[], more: Record<string, unknown> = {}, declared = ''): GraphRequest => {
  const query = `query($representations: [_Any!]!${declared}) { _entities(representations: $representations) { ${selection} } }`;
  return { query, document: parse(query), variables: { representations: ids.map((id) => ({ id })), ...more } };
};

describe('the batching transport', () => {
  it('sends the entity fetches of one turn to one subgraph as one operation, and gives each its own answer', async () => {
    const { seen, transport } = world();
    const request = info();
    const [first, second] = await Promise.all([
      transport.execute('things', fetchOf('id name', ['1', '2']), request),
      transport.execute('things', fetchOf('name(loud: $loud)', ['3'], { loud: true }, ', $loud: Boolean'), request),
    ]);
    expect(seen).toHaveLength(1);
    expect(first?.data).toEqual({
      _entities: [
        { id: '1', name: 'thing 1' },
        { id: '2', name: 'thing 2' },
      ],
    });
    expect(second?.data).toEqual({ _entities: [{ name: 'THING 3' }] });
  });

  it('keeps errors with the fetch that they belong to', async () => {
    const { transport } = world();
    const request = info();
    const [good, bad] = await Promise.all([
      transport.execute('things', fetchOf('name', ['1']), request),
      transport.execute('things', fetchOf('broken', ['2']), request),
    ]);
    expect(good?.errors).toBeUndefined();
    expect(bad?.errors?.map(({ path }) => path)).toEqual([['_entities', 0, 'broken']]);
  });

  it('never mixes two requests or two subgraphs, and leaves other operations alone', async () => {
    const { seen, transport } = world();
    const request = info();
    await Promise.all([
      transport.execute('things', fetchOf('id', ['1']), request),
      transport.execute('others', fetchOf('id', ['2']), request),
      transport.execute('things', fetchOf('id', ['3']), info()),
      transport.execute('things', { query: '{ other }', document: parse('{ other }') }, request),
    ]);
    expect(seen).toHaveLength(4);
  });

  it('hands a failure of the one call to every fetch in it', async () => {
    const transport = batchingTransport({
      execute: async () => {
        throw new Error('gone');
      },
      close: async () => {},
    });
    const request = info();
    const both = [fetchOf('id', ['1']), fetchOf('id', ['2'])].map((each) => transport.execute('things', each, request));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
