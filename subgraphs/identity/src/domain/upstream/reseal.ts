import type { EntityManager } from '@mikro-orm/postgresql';
import type { SecretBox } from '../../secrets.ts';
import { secretPlace } from './provider.service.ts';
import { UpstreamProvider } from './upstream.entity.ts';

/** Seals with the newest key what an older one sealed of providers' secrets, tenant by tenant, and returns how many it wrote. */
export async function resealProviders(
  em: EntityManager,
  secrets: SecretBox,
  inTenant: (id: string) => EntityManager,
): Promise<number> {
  let written = 0;
  for (const { id: tenantId } of await em.fork().execute<{ id: string }[]>('select id from tenant order by id')) {
    const there = inTenant(tenantId);
    for (const { id, sealedSecret } of await there.find(UpstreamProvider, { tenantId })) {
      if (secrets.isCurrent(sealedSecret)) continue;
      const renewed = secrets.seal(secrets.open(sealedSecret, secretPlace(id)), secretPlace(id));
      // One that was replaced meanwhile keeps what it has.
      written += await there.nativeUpdate(UpstreamProvider, { id, tenantId, sealedSecret }, { sealedSecret: renewed });
    }
  }
  return written;
}
