import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { PersonRef } from '../person.ts';
import { Profile } from './profile.entity.ts';

const ENSURE = `insert into profile (id, created_at, tenant_id, user_id, links, interests, field_values, privacy, approves_followers)
  values (?, ?, ?, ?, '[]', '[]', '{}', '{}', false) on conflict on constraint profile_unique do nothing`;
const LOCK = 'select 1 from profile where tenant_id = ? and user_id = ? for update';

/** The viewer's profile, which is there from now on, and theirs alone until the transaction ends. */
async function ownProfile(tx: EntityManager, ctx: Context): Promise<Profile> {
  const own = [ctx.tenantId, ctx.viewer.id];
  await tx.execute(ENSURE, [uuidv7(), ctx.clock.now(), ...own], 'run');
  await tx.execute(LOCK, own);
  return tx.findOneOrFail(Profile, { tenantId: ctx.tenantId, userId: ctx.viewer.id as string });
}

/** Throws Forbidden for who may not fill in a profile. */
export async function mustEdit({ access }: Context): Promise<void> {
  if (!(await access.authorizer()).mayAtTenant('profiles.profile.edit')) throw new Forbidden();
}

/** Changes the viewer's profile, or what belongs to it, one change at a time. Throws Forbidden. */
export async function change(
  ctx: Context,
  act: (profile: Profile, tx: EntityManager) => Promise<void>,
): Promise<PersonRef> {
  await mustEdit(ctx);
  const userId = ctx.viewer.id as string;
  await write(ctx, async (tx) => {
    await act(await ownProfile(tx, ctx), tx);
    await recordEvent(tx, ctx, 'profiles.profile.updated', { subject: userId, data: { userId } });
  });
  return { id: userId };
}
