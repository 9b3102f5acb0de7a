import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

let at: GatewayWorld;
let alice: Browser;

beforeAll(async () => {
  at = await startGatewayWorld();
  alice = await at.person('alice');
});
afterAll(() => at?.close());

const CREATE_TENANT = 'createTenant(input: { slug: "made", name: "Made" }) { id }';

describe('a denied query root', () => {
  it('is null with its error while its siblings answer, in the order of the operation', async () => {
    const { text, data, errors } = await alice.ask(
      '{ first: tenant { slug } denied: users { edges { cursor } } last: graphVersion }',
    );
    expect(data).toEqual({ first: { slug: 'demo' }, denied: null, last: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(Object.keys(data)).toEqual(['first', 'denied', 'last']);
    expect(errors).toEqual([
      expect.objectContaining({ path: ['denied'], extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    ]);
    expect(text).not.toContain('serviceName');
  });

  it('reaches no subgraph', async () => {
    await alice.ask('{ users { edges { cursor } } }');
    const { counts } = await at.world.count(() => alice.ask('{ users { edges { cursor } } }'));
    expect(counts.calls).toEqual({});
  });

  it('is found under aliases, in fragments and inside inline fragments', async () => {
    const { data, codes } = await alice.ask(
      'query { ...A ... { b: users { edges { cursor } } } } fragment A on Query { a: auditLog { edges { cursor } } ...B } fragment B on Query { c: users(first: 1) { edges { cursor } } graphVersion }',
    );
    expect(data).toMatchObject({ a: null, b: null, c: null, graphVersion: expect.any(String) });
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  });

  it('counts only when @skip and @include let it run', async () => {
    const query =
      'query ($no: Boolean! = false, $yes: Boolean = true) { a: users @include(if: $no) { edges { cursor } } ... @skip(if: $yes) { b: users { edges { cursor } } } c: users @include(if: $yes) { edges { cursor } } graphVersion }';
    const { data, codes } = await alice.ask(query);
    expect(Object.keys(data)).toEqual(['c', 'graphVersion']);
    expect(codes).toEqual(['FORBIDDEN']);
    expect((await alice.ask(query, { yes: false, no: true })).codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('is judged in the operation that was named, not in its neighbours', async () => {
    const query = 'query Open { graphVersion } query Closed { users { edges { cursor } } }';
    const send = (operationName: string) =>
      alice.send('POST', '/graphql', { 'content-type': 'application/json' }, JSON.stringify({ query, operationName }));
    expect((await send('Open')).errors).toEqual([]);
    expect((await send('Closed')).codes).toEqual(['FORBIDDEN']);
    const neither = await send('Other');
    expect([neither.status, neither.codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    const unnamed = await alice.ask(query);
    expect(unnamed.status).toBe(400);
  });

  it('says UNAUTHENTICATED to the anonymous and FORBIDDEN to everyone else', async () => {
    expect((await at.browser().ask('{ users { edges { cursor } } }')).codes).toEqual(['UNAUTHENTICATED']);
    expect((await alice.ask('{ users { edges { cursor } } }')).codes).toEqual(['FORBIDDEN']);
    const admin = await at.person('admin');
    expect((await admin.ask('{ users { edges { cursor } } }')).errors).toEqual([]);
  });
});

describe('a denied mutation', () => {
  it('stops the operation before anything ran', async () => {
    const { data, codes } = await alice.ask(
      `mutation { ${CREATE_TENANT} updateTenant(input: { name: "Mine now" }) { id } }`,
    );
    expect(data).toEqual({ createTenant: null, updateTenant: null });
    expect(codes.sort()).toEqual(['FORBIDDEN', 'NOT_RUN']);
    expect((await alice.ask('{ tenant(slug: "made") { id } }')).data).toEqual({ tenant: null });
  });

  it('reaches no subgraph, whether its scope is missing, hidden or of another kind', async () => {
    const ask = (id: string) => alice.ask('mutation ($id: ID!) { archiveCommunity(id: $id) { id } }', { id });
    const { id: tenantId } = await alice.get('{ tenant { id } }');
    await ask(tenantId);
    for (const id of [tenantId, '01a1f93c-044b-7103-a64b-23ac96010cb9', 'nonsense', '']) {
      const { result, counts } = await at.world.count(() => ask(id));
      expect(result.codes).toEqual(['FORBIDDEN']);
      expect(counts.calls).toEqual({});
    }
  });
});

describe('variables', () => {
  it('are checked before the rules see them: VALIDATION_ERROR and status 400', async () => {
    const query = 'mutation ($scope: ScopeInput!) { setModule(scope: $scope, key: "posts", enabled: false) { key } }';
    for (const scope of [
      undefined,
      null,
      'x',
      { type: 'PLANET', id: '1' },
      { type: 'TENANT' },
      { type: 'TENANT', id: {} },
    ]) {
      const { status, codes, data } = await alice.ask(query, { scope });
      expect([status, codes, data]).toEqual([400, ['VALIDATION_ERROR'], undefined]);
    }
  });

  it('reach the rules with their defaults', async () => {
    const { id } = await alice.get('{ community(slug: "builders") { id } }');
    const query = `mutation ($id: ID! = "${id}") { archiveCommunity(id: $id) { id } }`;
    expect((await alice.ask(query)).codes).toEqual(['FORBIDDEN']);
    const admin = await at.person('admin');
    expect(
      (await admin.ask(query.replace('archiveCommunity(id: $id) { id }', 'updateCommunity(id: $id, input: {}) { id }')))
        .errors,
    ).toEqual([]);
  });

  it('that are null where an argument needs a value are a VALIDATION_ERROR, not a crash', async () => {
    const query = 'mutation ($id: ID = "x") { archiveCommunity(id: $id) { id } }';
    expect((await alice.ask(query, { id: null })).codes).toEqual(['VALIDATION_ERROR']);
    const skip = 'query ($x: Boolean = true) { users @skip(if: $x) { edges { cursor } } }';
    expect((await alice.ask(skip, { x: null })).codes).toEqual(['VALIDATION_ERROR']);
  });

  it('suggest nothing of the schema', async () => {
    const { text } = await alice.ask('query ($s: ScopeInput!) { posts(scope: $s) { edges { cursor } } }', {
      s: { type: 'TENANTT', id: '1', idd: 2 },
    });
    expect(text).not.toMatch(/did you mean/i);
  });
});
