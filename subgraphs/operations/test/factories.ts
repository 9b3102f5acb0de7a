import { hash } from 'node:crypto';
import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { access } from '../../access/src/subgraph.ts';
import { identity } from '../../identity/src/subgraph.ts';
import { operations } from '../src/subgraph.ts';

export const PUBLISH = `mutation ($input: PublishOperationsInput!) {
  publishOperations(input: $input) { application { id } operations added restored unchanged dryRun }
}`;
export const RETIRE =
  'mutation ($applicationId: ID, $ids: [ID!]!) { retireOperations(applicationId: $applicationId, ids: $ids) }';
export const LIST = `query ($applicationId: ID, $first: Int, $after: String) {
  persistedOperations(applicationId: $applicationId, first: $first, after: $after) {
    edges { node { id name type body sha256 application { id } publishedAt lastUsedAt uses retiredAt } } pageInfo { hasNextPage endCursor }
  }
}`;

export const sha256 = (text: string): string => hash('sha256', text);

/** A query of its own: no two have the same text. */
export function aText(): string {
  return `query Name${uuidv7().replaceAll('-', '')} { tenant { slug } }`;
}

/** A manifest of the form `{ id: text }` of as many queries. */
export function aManifest(size = 1): Record<string, string> {
  const texts = Array.from({ length: size }, aText);
  return Object.fromEntries(texts.map((text) => [sha256(text), text]));
}

/** A world with access, identity and this subgraph, and one tenant. */
export const startOperations = (): Promise<TestSubgraph> => openSubgraph(operations, { beside: [access, identity] });

/** An application of the tenant that this person registered, in that state. */
export async function anApplication(
  { world, tenantId }: TestSubgraph,
  owner: Person,
  status = 'APPROVED',
): Promise<{ id: string; viewer: Viewer }> {
  const id = uuidv7();
  // Registering one takes an account with a membership, which is identity's to test and the gateway's to try as a whole.
  await onDatabase(world, 'identity', (ask) =>
    ask(`insert into tenant (id, created_at, updated_at, slug, name, sign_up_policy)
      values ('${tenantId}', now(), now(), 't${tenantId}', 'Tenant', 'OPEN') on conflict do nothing;
      insert into user_account (id, created_at, updated_at, username, display_name, email, status, failed_attempts)
      values ('${owner.id}', now(), now(), '${owner.id}', 'Owner', '${owner.id}@test', 'ACTIVE', 0) on conflict do nothing;
      insert into application (id, created_at, updated_at, tenant_id, name, confidential, client_credentials, redirect_uris,
      post_logout_redirect_uris, requested_scopes, approved_scopes, status, created_by)
      values ('${id}', now(), now(), '${tenantId}', 'App', true, true, '[]', '[]', '[]', '[]', '${status}', '${owner.id}')`),
  );
  const viewer: Viewer = { ...anonymous, kind: 'application', id, scopes: ['operations.write', 'operations.read'] };
  return { id, viewer };
}

/** Takes back that the application was approved. */
export const unapprove = ({ world }: TestSubgraph, id: string): Promise<unknown> =>
  onDatabase(world, 'identity', (ask) => ask(`update application set status = 'PENDING' where id = '${id}'`));
