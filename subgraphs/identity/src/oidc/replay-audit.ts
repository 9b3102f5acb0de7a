import type { Runtime } from '@polity/kernel/graph/subgraph';
import { internalRequest } from '@polity/kernel/request/acting';
import { anonymous } from '@polity/kernel/request/context';
import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { record } from '../domain/audit/audit.service.ts';

const REPLAY = /already (used|consumed)/;

async function recordReplay(ctx: KoaContextWithOIDC, runtime: Runtime): Promise<void> {
  const { client, entities } = ctx.oidc;
  const tenantId = typeof client?.tenant_id === 'string' ? client.tenant_id : null;
  const viewer = { ...anonymous, kind: 'application', id: client?.clientId ?? null } as const;
  const writer = { viewer, clock: runtime.clock, request: { ...internalRequest(tenantId), address: ctx.ip } };
  const data = { grantType: ctx.oidc.params?.grant_type };
  await runtime.em(tenantId).transactional(async (tx) => {
    record(tx, writer, { type: 'authn_token_reuse', userId: entities.Account?.accountId ?? null, data });
  });
}

/** Writes each second use of a code or refresh token to the audit log: the first user or the second one is not who they say. */
export function auditReplays(provider: Provider, runtime: Runtime): void {
  provider.on('grant.error', (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    if (!REPLAY.test(error.error_detail ?? '')) return;
    recordReplay(ctx, runtime).catch((err: unknown) => runtime.log.error({ err }, 'a replay could not be recorded'));
  });
}
