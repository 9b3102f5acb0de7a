import type { EntityManager } from '@mikro-orm/postgresql';
import type { SecretBox } from '../../secrets.ts';
import { placeOf } from './totp.ts';
import { TotpFactor } from './totp-factor.entity.ts';

const BATCH = 200;

/** Seals with the newest key what an older one sealed, a batch at a time, and returns how many rows it wrote. */
export async function rotateSecrets(em: EntityManager, secrets: SecretBox): Promise<number> {
  let written = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await em.fork().find(TotpFactor, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit: BATCH });
    for (const { id, sealedSecret } of rows.filter((row) => !secrets.isCurrent(row.sealedSecret))) {
      const renewed = secrets.seal(secrets.open(sealedSecret, placeOf(id)), placeOf(id));
      // A row that was replaced meanwhile keeps what it has.
      written += await em.fork().nativeUpdate(TotpFactor, { id, sealedSecret }, { sealedSecret: renewed });
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return written;
    after = last.id;
  }
}
