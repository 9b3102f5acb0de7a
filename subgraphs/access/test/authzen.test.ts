import { parseTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { uuidv7 } from '@polity/kernel/ids';
import { startWorld } from '@polity/kernel/testing/harness';
import fastify, { type FastifyInstance } from 'fastify';
import { access } from '../src/subgraph.ts';
import { type AccessFixture, aPerson, asService, aTenant, give, must, register, registerScope } from './factories.ts';

/** What identity says of tokens; it is another service, so its answers are given here. */
const tokens = new Map<string, object>();
const strictTenants = new Set<string>();
const token = (name: string, kind: 'user' | 'application', id: string, tenantId: string, more: object = {}) =>
  tokens.set(name, { kind, id, tenantId, scopes: ['access.binding.read'], acr: null, amr: [], ...more });
const identity = defineSubgraph({
  name: 'identity',
  typeDefs: parseTypeDefs(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@shareable"])
    type User @key(fields: "id") @guard(who: ANYONE) { id: ID! }
    type Tenant @key(fields: "id") @guard(who: ANYONE) { id: ID! mfaRequired: Boolean! }
    type Query {
      _introspectToken(token: String!): JSON @inaccessible @guard(who: SERVICE)
      _tenant(id: ID): Tenant @inaccessible @guard(who: SERVICE)
    }`),
  resolvers: {
    Query: {
      _introspectToken: (_: unknown, { token }: { token: string }) => tokens.get(token) ?? null,
      _tenant: (_: unknown, { id }: { id: string }) => ({ id, mfaRequired: strictTenants.has(id) }),
    },
  },
  access: { permissions: [], roles: [] },
});

const code = (name: string) => ({
  code: `todo.${name}`,
  description: `${name}.`,
  scopeTypes: ['TENANT' as const, 'COMMUNITY' as const, 'TEAM' as const],
});
const codes = [
  'user.read',
  'todo.read',
  'todo.create',
  'todo.update',
  'todo.delete',
  'record.view',
  'record.edit',
  'record.delete',
];
const role = (key: string, scopeType: string, permissions: string[]) => ({
  key: `todo.${key}`,
  name: key,
  description: '',
  scopeType,
  permissions: permissions.map((name) => `todo.${name}`),
});
const declaration = {
  permissions: codes.map(code),
  roles: [
    role('admin', 'TENANT', codes.slice(0, 5)),
    role('editor', 'TENANT', ['user.read', 'todo.read', 'todo.create']),
    role('viewer', 'TENANT', ['user.read', 'todo.read']),
    role('holder', 'TEAM', ['todo.update', 'todo.delete']),
    role('manager', 'TENANT', ['record.view']),
    role('head', 'COMMUNITY', ['record.edit']),
    role('employee', 'COMMUNITY', ['record.view']),
    role('keeper', 'TEAM', ['record.view', 'record.edit', 'record.delete']),
    { key: 'tenant.owner', name: 'Owner', description: '', scopeType: 'TENANT', permissions: [] },
    { key: 'tenant.member', name: 'Member', description: '', scopeType: 'TENANT', permissions: [] },
  ],
};

interface Reply {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

describe('AuthZEN 1.0 over HTTP', () => {
  let fixture: AccessFixture;
  let app: FastifyInstance;
  beforeAll(async () => {
    const world = await startWorld({ subgraphs: [access, identity] });
    await register(world, 'todo', declaration);
    const place = await aTenant(world);
    world.tenantId = place.tenantId;
    fixture = { world, ...place };
    app = fastify();
    await world.subgraph('access').routes(app);
    await app.ready();
    token('pep', 'application', uuidv7(), fixture.tenantId);
    token('plain', 'application', uuidv7(), fixture.tenantId, { scopes: ['openid'] });
    token('owner', 'user', fixture.owner.id, fixture.tenantId);
    token('bob', 'user', fixture.bob.id, fixture.tenantId);
  });
  afterAll(async () => {
    await app.close();
    await fixture.world.close();
  });

  async function post(path: string, payload: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const sent = { authorization: 'Bearer pep', 'content-type': 'application/json', ...headers };
    const reply = await app.inject({ method: 'POST', url: `/access/v1/${path}`, headers: sent, payload: text });
    return { status: reply.statusCode, headers: reply.headers, body: reply.json() as unknown };
  }
  const subject = (id: string) => ({ type: 'user', id });
  const tenant = () => ({ type: 'tenant', id: fixture.tenantId });
  const team = (id: string) => ({ type: 'team', id });
  const decision = async (who: string, action: string, resource: object) =>
    (
      (await post('evaluation', { subject: subject(who), action: { name: `todo.${action}` }, resource })).body as {
        decision: boolean;
      }
    ).decision;

  describe('the todo scenario', () => {
    const people: Record<string, { id: string; todo: string; role: string }> = {};
    const roles = { rick: 'admin', morty: 'editor', summer: 'editor', beth: 'viewer', jerry: 'viewer' };
    beforeAll(async () => {
      for (const [name, roleName] of Object.entries(roles)) {
        const [person, todo] = [aPerson(fixture.world), uuidv7()];
        people[name] = { id: person.id, todo, role: roleName };
        await registerScope(fixture.world, 'TEAM', todo, fixture.communityId);
        await give(fixture.world, person.id, `todo.${roleName}`, 'TENANT', fixture.tenantId);
        if (roleName !== 'viewer') await give(fixture.world, person.id, 'todo.holder', 'TEAM', todo);
      }
    });

    it.each(Object.keys(roles))('decides all cases of %s', async (name) => {
      const me = people[name]!;
      const other = people[name === 'rick' ? 'morty' : 'rick']!;
      const writes = me.role !== 'viewer';
      const cases: [string, object, boolean][] = [
        ['user.read', tenant(), true],
        ['todo.read', tenant(), true],
        ['todo.create', tenant(), writes],
        ['todo.update', team(me.todo), writes],
        ['todo.update', team(other.todo), me.role === 'admin'],
        ['todo.delete', team(me.todo), writes],
        ['todo.delete', team(other.todo), me.role === 'admin'],
      ];
      for (const [action, resource, allowed] of cases) {
        expect({ name, action, allowed: await decision(me.id, action, resource) }).toEqual({ name, action, allowed });
      }
    });

    it('decides the boxcar cases in order, defaults replaced whole by the keys of an item', async () => {
      const boxcar = async (name: string, owners: string[], options = {}) => {
        const body = {
          subject: subject(people[name]!.id),
          action: { name: 'todo.todo.update' },
          options,
          evaluations: owners.map((owner) => ({ resource: team(people[owner]!.todo) })),
        };
        return ((await post('evaluations', body)).body as { evaluations: { decision: boolean }[] }).evaluations.map(
          (each) => each.decision,
        );
      };
      expect(await boxcar('rick', ['rick', 'jerry'])).toEqual([true, true]);
      expect(await boxcar('morty', ['rick', 'morty'])).toEqual([false, true]);
      expect(await boxcar('jerry', ['rick', 'jerry'])).toEqual([false, false]);
      expect(await boxcar('morty', ['rick', 'morty'], { evaluations_semantic: 'deny_on_first_deny' })).toEqual([false]);
      expect(
        await boxcar('morty', ['morty', 'rick', 'morty'], { evaluations_semantic: 'permit_on_first_permit' }),
      ).toEqual([true]);
      expect(await boxcar('morty', ['rick', 'morty', 'rick'], { evaluations_semantic: 'execute_all' })).toEqual([
        false,
        true,
        false,
      ]);
    });

    it('an incomplete item is denied by itself, and without items the defaults are the question', async () => {
      const rick = people.rick!;
      const whole = { subject: subject(rick.id), action: { name: 'todo.todo.update' } };
      const mixed = await post('evaluations', {
        ...whole,
        evaluations: [{ resource: team(rick.todo) }, {}, { resource: team(rick.todo) }],
      });
      expect(mixed.body).toMatchObject({
        evaluations: [{ decision: true }, { decision: false, context: { error: { status: 400 } } }, { decision: true }],
      });
      for (const evaluations of [[], undefined]) {
        const single = await post('evaluations', { ...whole, resource: team(rick.todo), evaluations });
        expect(single.body).toMatchObject({ decision: true, context: { reason: 'ROLE' } });
      }
      const replaced = await post('evaluations', {
        ...whole,
        resource: team(rick.todo),
        evaluations: [{ action: { name: 'todo.record.edit' } }],
      });
      expect(replaced.body).toMatchObject({ evaluations: [{ decision: false }] });
    });
  });

  describe('the search scenario', () => {
    const users = [
      ['alice', 'manager', 'Sales'],
      ['bob', 'employee', 'Legal'],
      ['carol', 'contractor', 'Legal'],
      ['dan', 'manager', 'Finance'],
      ['erin', 'employee', 'Finance'],
      ['felix', 'contractor', 'Accounting'],
    ] as const;
    const departments = ['Sales', 'Legal', 'Finance', 'Accounting'];
    const ids = new Map<string, string>();
    const records: { id: string; department: string; owner: string }[] = [];
    beforeAll(async () => {
      const { world, tenantId } = fixture;
      for (const name of departments) {
        ids.set(name, uuidv7());
        await registerScope(world, 'COMMUNITY', ids.get(name) as string, tenantId);
      }
      for (const [name, kind, department] of users) {
        const { id } = aPerson(world);
        ids.set(name, id);
        await give(world, id, 'tenant.member', 'TENANT', tenantId);
        await give(world, id, 'todo.employee', 'COMMUNITY', ids.get(department) as string);
        if (kind === 'manager') await give(world, id, 'todo.manager', 'TENANT', tenantId);
        if (kind === 'manager') await give(world, id, 'todo.head', 'COMMUNITY', ids.get(department) as string);
      }
      for (let n = 0; n < 20; n++) {
        const record = {
          id: uuidv7(),
          department: departments[(n * 7) % 4] as string,
          owner: users[(n * 5) % 6]?.[0] as string,
        };
        records.push(record);
        await registerScope(world, 'TEAM', record.id, ids.get(record.department) as string);
        await give(world, ids.get(record.owner) as string, 'todo.keeper', 'TEAM', record.id);
      }
    });

    function may(
      [name, kind, department]: (typeof users)[number],
      action: string,
      record: (typeof records)[number],
    ): boolean {
      const owns = record.owner === name;
      const near = record.department === department;
      if (action === 'view') return owns || near || kind === 'manager';
      return owns || (action === 'edit' && near && kind === 'manager');
    }
    const actions = ['view', 'edit', 'delete'];
    async function search(path: string, body: object, limit?: number): Promise<Record<string, string>[]> {
      const found: Record<string, string>[] = [];
      for (let token = ''; ; ) {
        const page = limit ? { page: { limit, ...(token && { token }) } } : {};
        const { status, body: answer } = await post(`search/${path}`, { ...body, ...page });
        expect(status).toBe(200);
        const { results, page: info } = answer as { results: Record<string, string>[]; page: { next_token: string } };
        found.push(...results);
        token = info.next_token;
        if (!token) return found;
      }
    }

    it('finds every subject, whatever the size of its pages', async () => {
      for (const record of records) {
        for (const action of actions) {
          const body = {
            subject: { type: 'user', id: 'ignored' },
            action: { name: `todo.record.${action}` },
            resource: team(record.id),
          };
          const expected = users
            .filter((user) => may(user, action, record))
            .map(([name]) => ids.get(name))
            .sort();
          expect((await search('subject', body)).map(({ id }) => id)).toEqual(expected);
          expect((await search('subject', body, 2)).map(({ id }) => id)).toEqual(expected);
        }
      }
    });

    it('finds every resource, whatever the size of its pages', async () => {
      for (const user of users) {
        for (const action of actions) {
          const body = {
            subject: subject(ids.get(user[0]) as string),
            action: { name: `todo.record.${action}` },
            resource: { type: 'team' },
          };
          const expected = records
            .filter((record) => may(user, action, record))
            .map(({ id }) => id)
            .sort();
          const found = async (limit?: number) =>
            (await search('resource', body, limit))
              .map(({ id }) => id as string)
              .filter((id) => records.some((record) => record.id === id));
          expect(await found()).toEqual(expected);
          expect(await found(3)).toEqual(expected);
        }
      }
    });

    it('finds every action, and agrees with the single question', async () => {
      for (const user of users) {
        for (const record of records) {
          const body = { subject: subject(ids.get(user[0]) as string), resource: team(record.id) };
          const expected = actions
            .filter((action) => may(user, action, record))
            .map((action) => `todo.record.${action}`)
            .sort();
          expect((await search('action', body)).map(({ name }) => name)).toEqual(expected);
          for (const action of actions)
            expect(await decision(ids.get(user[0]) as string, `record.${action}`, team(record.id))).toBe(
              may(user, action, record),
            );
        }
      }
    });

    it('answers unknown ids and types with nothing, not with an error', async () => {
      const view = { name: 'todo.record.view' };
      expect(await search('subject', { subject: { type: 'robot' }, action: view, resource: tenant() })).toEqual([]);
      expect(await search('subject', { subject: { type: 'user' }, action: view, resource: team(uuidv7()) })).toEqual(
        [],
      );
      expect(
        await search('resource', { subject: subject('nobody'), action: view, resource: { type: 'team' } }),
      ).toEqual([]);
      expect(
        await search('resource', { subject: subject(fixture.owner.id), action: view, resource: { type: 'document' } }),
      ).toEqual([]);
      for (const id of ['nobody', 'rick@the-citadel.com', 'tenant:platform'])
        expect(await search('action', { subject: subject(id), resource: tenant() })).toEqual([]);
      expect(
        (
          await post('search/resource', {
            subject: subject('x'),
            action: view,
            resource: { type: 'team' },
            page: { token: '%' },
          })
        ).status,
      ).toBe(400);
    });
  });

  describe('its transport', () => {
    const asked = () => ({ subject: subject(fixture.bob.id), action: { name: 'todo.todo.read' }, resource: tenant() });

    it('answers a denial with 200, the same when repeated, and echoes the request id', async () => {
      for (let n = 0; n < 2; n++) {
        const reply = await post(
          'evaluation',
          { ...asked(), context: { any: 'thing' }, more: 1 },
          { 'x-request-id': 'abc-1' },
        );
        expect(reply).toMatchObject({
          status: 200,
          headers: { 'x-request-id': 'abc-1' },
          body: { decision: false, context: { reason: 'NO_GRANT' } },
        });
      }
      const unknown = await post('evaluation', { ...asked(), resource: { type: 'document', id: '1' } });
      expect(unknown).toMatchObject({ status: 200, body: { decision: false, context: { reason: 'UNKNOWN' } } });
    });

    it('reads ids in any case, and a revoke ends what they were allowed', async () => {
      const { world, tenantId } = fixture;
      const person = aPerson(world);
      await give(world, person.id, 'todo.editor', 'TENANT', tenantId);
      const shouted = { type: 'tenant', id: tenantId.toUpperCase() };
      expect(await decision(person.id.toUpperCase(), 'todo.create', shouted)).toBe(true);
      const unbind = 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s) }';
      const scope = { type: 'TENANT', id: tenantId };
      expect((await world.ask('access', asService, unbind, { u: person.id, s: scope })).errors).toBeUndefined();
      expect(await decision(person.id.toUpperCase(), 'todo.create', shouted)).toBe(false);
    });

    it.each([
      ['a missing field', { subject: { type: 'user', id: 'x' }, action: { name: 'a.b.c' } }],
      ['a wrongly typed field', { subject: 'x', action: { name: 'a.b.c' }, resource: { type: 'team', id: 'x' } }],
      [
        'a subject without id',
        { subject: { type: 'user' }, action: { name: 'a.b.c' }, resource: { type: 'team', id: 'x' } },
      ],
      ['an empty body', ''],
      ['a body that is not JSON', '{'],
      ['a list', []],
    ])('answers %s with 400 and a message', async (_title, body) => {
      expect(await post('evaluation', body)).toMatchObject({ status: 400, body: expect.any(String) });
    });

    it.each(['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action'])(
      'answers a context that is no object with 400 at %s',
      async (path) => {
        for (const context of ['now', 1, []])
          expect(await post(path, { ...asked(), context })).toMatchObject({
            status: 400,
            body: expect.stringContaining('context'),
          });
      },
    );

    it('answers other content types, semantics and batches of the wrong form with 400', async () => {
      expect((await post('evaluation', asked(), { 'content-type': 'text/plain' })).status).toBe(400);
      expect((await post('evaluations', { ...asked(), evaluations: {} })).status).toBe(400);
      const options = { evaluations_semantic: 'whatever' };
      expect((await post('evaluations', { ...asked(), evaluations: [{}], options })).status).toBe(400);
    });

    it('turns away tokens that prove nothing with 401, and those that may not ask with 403', async () => {
      for (const authorization of ['', 'Basic x', 'Bearer unknown']) {
        expect(await post('evaluation', asked(), { authorization })).toMatchObject({
          status: 401,
          headers: { 'www-authenticate': 'Bearer' },
        });
      }
      expect((await post('evaluation', asked(), { authorization: 'Bearer plain' })).status).toBe(403);
      expect((await post('evaluation', asked(), { authorization: 'Bearer bob' })).status).toBe(403);
      expect((await post('evaluation', asked(), { authorization: 'Bearer owner' })).status).toBe(200);
    });

    it('takes no wide scope of an application for a right that nobody gave it', async () => {
      for (const scope of ['graph.read', 'access.read']) {
        token('wide', 'application', uuidv7(), fixture.tenantId, { scopes: [scope] });
        expect((await post('evaluation', asked(), { authorization: 'Bearer wide' })).status).toBe(403);
        token('wide', 'application', uuidv7(), fixture.tenantId, { scopes: [scope, 'access.binding.read'] });
        expect((await post('evaluation', asked(), { authorization: 'Bearer wide' })).status).toBe(200);
      }
    });

    it('tells a person about the scopes where they may see who may do what, and about no others', async () => {
      const person = aPerson(fixture.world);
      const [here, elsewhere] = [uuidv7(), uuidv7()];
      await registerScope(fixture.world, 'COMMUNITY', here, fixture.tenantId);
      await registerScope(fixture.world, 'COMMUNITY', elsewhere, fixture.tenantId);
      await give(fixture.world, person.id, 'tenant.member', 'TENANT', fixture.tenantId);
      const input = { userId: person.id, permission: 'access.binding.read', effect: 'ALLOW', reason: 'audit' };
      await must(
        fixture.world,
        fixture.owner,
        'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }',
        {
          i: { ...input, scope: { type: 'COMMUNITY', id: here } },
        },
      );
      token('reader', 'user', person.id, fixture.tenantId, { scopes: ['graph.read'] });
      const authorization = 'Bearer reader';
      const at = (id: string) => ({ ...asked(), resource: { type: 'community', id } });
      expect((await post('evaluation', at(here), { authorization })).status).toBe(200);
      for (const path of ['evaluation', 'search/subject', 'search/action'])
        for (const id of [elsewhere, uuidv7()]) expect((await post(path, at(id), { authorization })).status).toBe(403);
      expect((await post('evaluation', asked(), { authorization })).status).toBe(403);
      expect(
        (await post('search/resource', { ...asked(), resource: { type: 'team' } }, { authorization })).status,
      ).toBe(403);
      const items = {
        ...asked(),
        evaluations: [{ resource: at(here).resource }, { resource: at(elsewhere).resource }],
      };
      expect((await post('evaluations', items, { authorization })).body).toMatchObject({
        evaluations: [{ context: { reason: 'NO_GRANT' } }, { decision: false, context: { error: { status: 403 } } }],
      });
    });

    it('reads nothing for a batch that names very many subjects, and takes depth for what it is', async () => {
      const evaluations = Array.from({ length: 101 }, () => ({ subject: subject(uuidv7()) }));
      const before = fixture.world.access.counts.rowReads;
      const { counts, result } = await fixture.world.count(() => post('evaluations', { ...asked(), evaluations }));
      expect(result).toMatchObject({ status: 400, body: expect.stringContaining('100 different subjects') });
      expect(counts.statements.access ?? []).toEqual([]);
      expect(fixture.world.access.counts.rowReads).toBe(before);
      const deep = `{"subject":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
      expect((await post('evaluation', deep)).status).toBe(400);
      expect((await post('evaluations', { ...asked(), evaluations: evaluations.slice(0, 100) })).status).toBe(200);
    });

    it('wants the second factor that the tenant wants', async () => {
      const strict = await aTenant(fixture.world);
      strictTenants.add(strict.tenantId);
      const status = async (more: object) => {
        token('strict', 'user', strict.owner.id, strict.tenantId, more);
        return (await post('evaluation', asked(), { authorization: 'Bearer strict' })).status;
      };
      expect(await status({ acr: 'aal1', amr: ['pwd'] })).toBe(403);
      expect(await status({ acr: 'aal2', amr: ['pwd', 'otp'] })).toBe(200);
      expect(await status({})).toBe(200);
    });

    it('takes the id of a person for nobody where an application is asked about', async () => {
      const question = { action: { name: 'todo.todo.read' }, resource: tenant() };
      const { id } = aPerson(fixture.world);
      await give(fixture.world, id, 'todo.viewer', 'TENANT', fixture.tenantId);
      const as = async (type: string) => (await post('evaluation', { ...question, subject: { type, id } })).body;
      expect(await as('user')).toMatchObject({ decision: true, context: { reason: 'ROLE' } });
      expect(await as('application')).toMatchObject({ decision: false, context: { reason: 'NO_GRANT' } });
      const search = { subject: { type: 'application', id }, resource: tenant() };
      expect((await post('search/action', search)).body).toMatchObject({ results: [] });
    });

    it('decides nothing about other tenants', async () => {
      const other = await aTenant(fixture.world);
      const question = {
        subject: subject(other.owner.id),
        action: { name: 'access.role.manage' },
        resource: { type: 'tenant', id: other.tenantId },
      };
      expect((await post('evaluation', question)).body).toMatchObject({
        decision: false,
        context: { reason: 'UNKNOWN' },
      });
    });

    it('says where it is', async () => {
      const reply = await app.inject('/.well-known/authzen-configuration');
      expect(reply.json()).toEqual({
        policy_decision_point: 'http://localhost:4000',
        access_evaluation_endpoint: 'http://localhost:4000/access/v1/evaluation',
        access_evaluations_endpoint: 'http://localhost:4000/access/v1/evaluations',
        search_subject_endpoint: 'http://localhost:4000/access/v1/search/subject',
        search_resource_endpoint: 'http://localhost:4000/access/v1/search/resource',
        search_action_endpoint: 'http://localhost:4000/access/v1/search/action',
      });
    });
  });
});
