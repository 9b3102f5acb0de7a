import type { EntityManager } from '@mikro-orm/postgresql';
import { OidcPayload } from './oidc-payload.entity.ts';

/** Ends everything that one application was given, by anybody. */
export async function endForClient(tx: EntityManager, clientId: string): Promise<void> {
  await tx.nativeDelete(OidcPayload, { clientId });
}

/** Ends everything that one person signed in to or allowed; with client ids only what those applications were given. */
export async function endForAccount(
  tx: EntityManager,
  accountId: string,
  clientIds?: readonly string[],
): Promise<void> {
  await tx.nativeDelete(OidcPayload, { accountId, ...(clientIds && { clientId: { $in: [...clientIds] } }) });
}
