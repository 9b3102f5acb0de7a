import { execFile, execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { generate } from '@graphql-codegen/cli';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { parse, print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import type { Browser } from '../../gateway/test/browser.ts';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';

// What docs/clients.md shows, with the libraries themselves, against a gateway over HTTP.
const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { operations } }';
const TENANT = '{ tenant(slug: $slug) { __typename id slug } }';
const variables = { slug: 'demo' };
const sha256 = (text: string) => hash('sha256', text);
const folder = mkdtempSync(join(root, '.clients-'));
// Codegen looks into no folder whose name begins with a dot.
const documentFolder = mkdtempSync(join(tmpdir(), 'polity-clients-'));

let at: GatewayWorld;
let admin: Browser;
let uri: string;
/** What went over the wire: method, and body or query string. */
const sent: { method: string; text: string }[] = [];

const watched: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  sent.push({ method: init?.method ?? 'GET', text: init?.body ? String(init.body) : decodeURIComponent(url.search) });
  return fetch(input, init);
};

beforeAll(async () => {
  at = await startGatewayWorld();
  admin = await at.person('admin');
  uri = `http://127.0.0.1:${at.port}/graphql`;
});
beforeEach(() => {
  sent.length = 0;
});
afterAll(async () => {
  for (const each of [folder, documentFolder]) rmSync(each, { recursive: true });
  await at?.close();
});

async function publish(manifest: unknown): Promise<void> {
  await admin.get(PUBLISH, { input: { manifest } });
  await at.world.settle();
}

describe('Apollo Client', () => {
  const client = (link: ApolloLink) =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([link, new HttpLink({ uri, fetch: watched })]),
    });

  it('sends hashes first, and the text once, by GET', async () => {
    const query = gql`query ApolloAutomatic($slug: String) ${TENANT}`;
    const link = () => new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
    for (const requests of [2, 1]) {
      sent.length = 0;
      const { data } = await client(link()).query({ query, variables });
      expect(data).toMatchObject({ tenant: { slug: 'demo' } });
      expect(sent).toHaveLength(requests);
    }
    expect(sent[0]?.method).toBe('GET');
    expect(sent[0]?.text).not.toContain('tenant');
  });

  it('sends ids of its manifest', async () => {
    const query = gql`query ApolloManifest($slug: String) ${TENANT}`;
    const body = print(query);
    const operations = [{ id: sha256(body), name: 'ApolloManifest', type: 'query' as const, body }];
    const manifest = { format: 'apollo-persisted-query-manifest' as const, version: 1 as const, operations };
    await publish(manifest);
    // It is CommonJS that requires Apollo Client, which must be there by then.
    const { generatePersistedQueryIdsFromManifest } = require('@apollo/persisted-query-lists');
    const ids = generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest as never });
    const { data } = await client(new PersistedQueryLink(ids)).query({ query, variables });
    expect(data).toMatchObject({ tenant: { slug: 'demo' } });
    expect(sent).toEqual([{ method: 'POST', text: expect.stringContaining(sha256(body)) }]);
    expect(sent[0]?.text).not.toContain('tenant(');
  });
});

describe('urql', () => {
  const options = () => ({ url: uri, fetch: watched, preferGetMethod: false as const });

  it('sends hashes first with its exchange, by GET', async () => {
    const exchanges = [
      cacheExchange,
      persistedExchange({ preferGetForPersistedQueries: 'force', generateHash: async (text) => sha256(text) }),
      fetchExchange,
    ];
    const query = `query UrqlAutomatic($slug: String) ${TENANT}`;
    for (const requests of [2, 1]) {
      sent.length = 0;
      const { data, error } = await new Client({ ...options(), exchanges }).query(query, variables).toPromise();
      expect([error, data?.tenant.slug]).toEqual([undefined, 'demo']);
      expect(sent).toHaveLength(requests);
    }
    expect(sent[0]?.method).toBe('GET');
  });

  it('sends the ids that its documents were given, and never the text', async () => {
    const text = `query UrqlDocument($slug: String) ${TENANT}`;
    await publish({ urql: text });
    const document = Object.assign(parse(text), { documentId: 'urql' });
    const generateHash = async (_: string, { documentId }: { documentId?: string }) => documentId;
    const exchanges = [
      persistedExchange({ generateHash: generateHash as never, enforcePersistedQueries: true }),
      fetchExchange,
    ];
    const { data, error } = await new Client({ ...options(), exchanges }).query(document, variables).toPromise();
    expect([error, data?.tenant.slug]).toEqual([undefined, 'demo']);
    expect(sent.map((each) => each.text.includes('tenant('))).toEqual([false]);
  });
});

test('graphql-request sends the id in the place of the text', async () => {
  const text = `query Request($slug: String) ${TENANT}`;
  await publish({ [sha256(text)]: text });
  const client = new GraphQLClient(uri, {
    fetch: watched,
    requestMiddleware(request) {
      const { query, ...rest } = JSON.parse(String(request.body)) as { query: string };
      return { ...request, body: JSON.stringify({ ...rest, documentId: sha256(query) }) };
    },
  });
  const data = await client.request<{ tenant: { slug: string } }>(text, variables);
  expect(data.tenant.slug).toBe('demo');
  expect(sent[0]?.text).not.toContain('tenant(');
});

test("codegen's client preset writes a manifest that is published as it is, and documents that know their id", async () => {
  const documents = join(documentFolder, 'operations.graphql');
  writeFileSync(documents, `query Codegen($slug: String) ${TENANT}`);
  const files = await generate(
    {
      schema: join(root, 'schema/api.graphql'),
      documents,
      silent: true,
      generates: {
        [`${folder}/`]: {
          preset: 'client',
          presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
          config: { documentMode: 'string', scalars: { DateTime: 'string', JSON: 'unknown' } },
        },
      },
    },
    false,
  );
  const contentOf = (name: string) =>
    files.find(({ filename }: { filename: string }) => filename.endsWith(name))?.content ?? '';
  const manifest = JSON.parse(contentOf('persisted-documents.json')) as Record<string, string>;
  const [id = ''] = Object.keys(manifest);
  expect(contentOf('graphql.ts')).toContain(id);
  await publish(manifest);
  const body = JSON.stringify({ documentId: id, variables });
  const answer = await watched(uri, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(await answer.json()).toMatchObject({ data: { tenant: { slug: 'demo' } } });
});

describe('Relay', () => {
  const SOURCE = `
    import { graphql } from 'relay-runtime';
    export const Feed = graphql\`
      fragment feed_query on Query @refetchable(queryName: "feedRefetchQuery")
        @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, after: { type: "String" }) {
        posts(first: $count, after: $after) @connection(key: "feed_posts") { edges { node { id title } } }
      }\`;
    export const Query = graphql\`query feedQuery($slug: String) { tenant(slug: $slug) { id slug } ...feed_query }\`;
    export const Remove = graphql\`
      mutation feedRemoveMutation($id: ID!, $connections: [ID!]!) { deletePost(id: $id) { id @deleteEdge(connections: $connections) } }\`;
  `;

  it('sends the ids that its compiler wrote, with @refetchable, @connection and @deleteEdge', async () => {
    writeFileSync(join(folder, 'feed.js'), SOURCE);
    // Custom scalars need no types in JavaScript.
    const config = {
      ...{ src: '.', schema: 'schema.graphql', language: 'javascript', eagerEsModules: false },
      persistConfig: { file: './persisted.json', algorithm: 'MD5' },
    };
    writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'schema.graphql'), readFileSync(join(root, 'schema/api.graphql'), 'utf8'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(join(folder, 'persisted.json'), '{}');
    execFileSync(process.execPath, [require.resolve('relay-compiler/cli.js'), 'relay.config.json'], { cwd: folder });
    const manifest = JSON.parse(readFileSync(join(folder, 'persisted.json'), 'utf8')) as Record<string, string>;
    expect(Object.keys(manifest)).toHaveLength(3);
    await publish(manifest);
    const { Environment, Network, RecordSource, Store, fetchQuery } = require('relay-runtime');
    const network = Network.create(async ({ id }: { id: string }, given: object) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ doc_id: id, variables: given }),
      };
      return (await watched(uri, init)).json();
    });
    const environment = new Environment({ network, store: new Store(new RecordSource()) });
    expect(readdirSync(join(folder, '__generated__'))).toHaveLength(4);
    const query = require(join(folder, '__generated__/feedQuery.graphql.js'));
    const data = await fetchQuery(environment, query, variables).toPromise();
    expect(data.tenant.slug).toBe('demo');
    expect(JSON.parse(sent[0]?.text ?? '')).toEqual({ doc_id: query.params.id, variables: expect.any(Object) });
  });
});

test('curl names an operation in the path', async () => {
  const text = `query Curl($slug: String) ${TENANT}`;
  await publish({ [sha256(text)]: text });
  const address = `${uri}/${sha256(text)}`;
  const words = [
    '--silent',
    '--show-error',
    '--get',
    address,
    '--data-urlencode',
    `variables=${JSON.stringify(variables)}`,
  ];
  const { stdout } = await promisify(execFile)('curl', words);
  expect(JSON.parse(stdout).data.tenant.slug).toBe('demo');
});
