import { createHash, randomUUID } from 'node:crypto';
import type { GraphReply } from '@polity/kernel/graph/transport';
import type { RequestInfo, Viewer } from '@polity/kernel/request/context';
import { dataOf } from '@polity/kernel/testing/dialect';
import { anonymous, startWorld, userViewer, type World, type WorldOptions } from '@polity/kernel/testing/harness';
import { access } from '../../access/src/subgraph.ts';
import type { KeptMail } from '../src/mail.ts';
import type { Ports } from '../src/ports.ts';
import { identity } from '../src/subgraph.ts';

export const PASSWORD = 'a rather long passphrase';

/** The identity and access subgraphs, with what tests of identity need around them. */
export interface IdentityWorld extends World {
  gql(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
    request?: Partial<RequestInfo>,
  ): Promise<GraphReply>;
  /** The data of an operation that must succeed. */
  data<Data>(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
    request?: Partial<RequestInfo>,
  ): Promise<Data>;
  ports: Ports;
  mails(to?: string): KeptMail[];
  /** Token of the newest mail to this address. */
  mailedToken(to: string): string;
  /** A signed-in person's viewer at the present of the world's clock. */
  viewerOf(id: string, more?: Partial<Viewer>): Viewer;
}

export async function startIdentity(options: Partial<WorldOptions> = {}): Promise<IdentityWorld> {
  const world = await startWorld({ subgraphs: [access, identity], ...options });
  const ports = world.subgraph('identity').ports as Ports;
  const mails = (to?: string) => ports.keptMails().filter((mail) => to === undefined || mail.to === to);
  return Object.assign(world, {
    ports,
    mails,
    gql: (viewer: Viewer, query: string, variables = {}, request = {}) =>
      world.ask('identity', viewer, query, variables, request),
    async data<Data>(viewer: Viewer, query: string, variables = {}, request = {}) {
      return dataOf<Data>(await world.ask('identity', viewer, query, variables, request));
    },
    mailedToken(to: string) {
      const link = mails(to)[0]?.links.find((each) => each.includes('#token='));
      if (!link) throw new Error(`no link was mailed to ${to}`);
      return link.split('#token=')[1] as string;
    },
    viewerOf: (id: string, more: Partial<Viewer> = {}) =>
      userViewer(id, { authTime: Math.floor(world.clock.nowMs() / 1000), ...more }),
  });
}

export const codesOf = (reply: GraphReply) => (reply.errors ?? []).map(({ extensions }) => extensions?.code);
export const fieldsOf = (reply: GraphReply) =>
  Object.keys(
    (reply.errors?.[0]?.extensions?.details as { fields?: Record<string, string> } | undefined)?.fields ?? {},
  );

export interface Person {
  id: string;
  email: string;
  username: string;
  viewer: Viewer;
}

export const SIGN_UP = 'mutation($input: SignUpInput!) { signUp(input: $input) { email } }';
export const ACTIVATE = 'mutation($token: String!) { activateAccount(token: $token) { id username displayName } }';
export const SIGN_IN =
  'mutation($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename ... on SignedIn { user { id email } } ... on MfaRequired { challenge methods expiresAt } } }';

/** An activated account, made the way people make one, in the world's tenant if it has one. */
export async function aPerson(
  world: IdentityWorld,
  name = `p${randomUUID().slice(0, 8)}`,
  password = PASSWORD,
): Promise<Person> {
  const email = `${name}@people.test`;
  // An address of its own, so that a test with many people does not meet the limit per address.
  const address = { address: addressFor(name) };
  await world.data(anonymous, SIGN_UP, { input: { email, password, username: name, displayName: name } }, address);
  const { activateAccount } = await world.data<{ activateAccount: { id: string; username: string } }>(
    anonymous,
    ACTIVATE,
    { token: world.mailedToken(email) },
  );
  return {
    id: activateAccount.id,
    email,
    username: activateAccount.username,
    viewer: world.viewerOf(activateAccount.id),
  };
}

function addressFor(name: string): string {
  const [a, b, c] = createHash('sha256').update(name).digest();
  return `10.${a}.${b}.${c}`;
}

export interface Place {
  id: string;
  slug: string;
  owner: Person;
}

const CREATE_TENANT = 'mutation($input: CreateTenantInput!) { createTenant(input: $input) { id slug } }';

/** A tenant with its owner; the world asks in it from now on. */
export async function aTenant(
  world: IdentityWorld,
  signUpPolicy = 'OPEN',
  slug = `t${randomUUID().slice(0, 8)}`,
): Promise<Place> {
  world.tenantId = null;
  const owner = await aPerson(world);
  const { createTenant } = await world.data<{ createTenant: { id: string } }>(
    owner.viewer,
    CREATE_TENANT,
    { input: { slug, name: `Tenant ${slug}`, signUpPolicy } },
    { address: addressFor(slug) },
  );
  world.tenantId = createTenant.id;
  return { id: createTenant.id, slug, owner };
}
