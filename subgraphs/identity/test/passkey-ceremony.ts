import type { RequestInfo, Viewer } from '@polity/kernel/request/context';
import { anonymous } from '@polity/kernel/testing/harness';
import type { IdentityWorld, Person } from './harness.ts';
import { type Behaviour, SoftwareAuthenticator } from './software-authenticator.ts';

export const PUBLIC_ORIGIN = 'http://localhost:4000';
export const BEGIN = 'mutation { beginPasskeyRegistration { challenge options } }';
export const FINISH =
  'mutation($response: JSON!, $name: String) { finishPasskeyRegistration(response: $response, name: $name) { id name synced createdAt lastUsedAt credentialId } }';
export const BEGIN_SIGN_IN = 'mutation($email: String) { beginPasskeySignIn(email: $email) { challenge options } }';
export const FINISH_SIGN_IN =
  'mutation($challenge: String!, $response: JSON!) { finishPasskeySignIn(challenge: $challenge, response: $response) { __typename ... on SignedIn { user { id email passkeys { id lastUsedAt } } } } }';

type Creation = Parameters<SoftwareAuthenticator['create']>[0];
type Request = Parameters<SoftwareAuthenticator['get']>[0] & {
  allowCredentials?: unknown[];
  userVerification?: string;
};

export interface Begun<Options> {
  challenge: string;
  options: Options;
}

/** What the ceremonies of one world take, step by step. */
export function ceremonies(world: IdentityWorld) {
  const beginRegistration = async (viewer: Viewer) =>
    (await world.data<{ beginPasskeyRegistration: Begun<Creation & Record<string, unknown>> }>(viewer, BEGIN))
      .beginPasskeyRegistration;
  const beginSignIn = async (request: Partial<RequestInfo> = {}) =>
    (await world.data<{ beginPasskeySignIn: Begun<Request> }>(anonymous, BEGIN_SIGN_IN, {}, request))
      .beginPasskeySignIn;
  return {
    beginRegistration,
    beginSignIn,
    /** Registers a new passkey of this person. */
    async register(
      { viewer }: Pick<Person, 'viewer'>,
      behaviour: Behaviour = {},
      authenticator = new SoftwareAuthenticator(PUBLIC_ORIGIN),
    ) {
      const { options } = await beginRegistration(viewer);
      const response = authenticator.create(options, behaviour);
      type Reply = { finishPasskeyRegistration: { id: string; name: string; synced: boolean; credentialId: string } };
      const { finishPasskeyRegistration: passkey } = await world.data<Reply>(viewer, FINISH, { response });
      return { authenticator, passkey };
    },
    /** Answers a challenge of its own, in this way. */
    async signIn(authenticator: SoftwareAuthenticator, behaviour: Behaviour = {}, request: Partial<RequestInfo> = {}) {
      const { challenge, options } = await beginSignIn();
      return world.gql(
        anonymous,
        FINISH_SIGN_IN,
        { challenge, response: authenticator.get(options, behaviour) },
        request,
      );
    },
  };
}
