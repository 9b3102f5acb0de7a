import type { EntityManager } from '@mikro-orm/postgresql';
import { readRows } from '@polity/kernel/db/rows';
import { change, checked, name } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { audiences } from '../profile/profile.entity.ts';
import { fieldTypes, ProfileField, type ProfileFieldRow } from './field.entity.ts';

const MAX_FIELDS = 50;
/** Those of a tenant, and their age where they stand at the same place. */
export const inOrder = [
  { column: 't.position', direction: 'asc' as const },
  { column: 't.id', direction: 'asc' as const },
];

const choices = z
  .array(name(100))
  .max(50, 'must be at most 50')
  .transform((given) => [...new Set(given)]);
const position = z.number().int().min(0, 'must be 0 to 1,000').max(1_000, 'must be 0 to 1,000');

const newField = z.object({
  label: name(60),
  type: z.enum(fieldTypes),
  choices: choices.nullish().transform((given) => given ?? []),
  audience: z
    .enum(audiences)
    .nullish()
    .transform((given) => given ?? 'MEMBERS'),
  position: position.nullish().transform((given) => given ?? 0),
});
const fieldChanges = z.object({
  label: change(name(60)),
  choices: change(choices),
  audience: change(z.enum(audiences)),
  position: change(position),
});

/** Throws InvalidInput where a field has choices that takes none, or too few. */
function mustFit({ type, choices: given }: Pick<ProfileField, 'type' | 'choices'>): void {
  if (type === 'CHOICE' && given.length < 2) throw new InvalidInput({ choices: 'must be 2 to 50 different ones' });
  if (type !== 'CHOICE' && given.length > 0) throw new InvalidInput({ choices: 'are for a CHOICE' });
}

export const list = (ctx: Context): Promise<ProfileFieldRow[]> =>
  readRows(ctx.em, ProfileField, { order: inOrder, limit: MAX_FIELDS });

async function get(tx: EntityManager, id: string): Promise<ProfileField> {
  const field = isUuid(id) ? await tx.findOne(ProfileField, { id }) : null;
  if (!field) throw new NotFound('This field');
  return field;
}

async function mustManage({ access }: Context): Promise<void> {
  if (!(await access.authorizer()).mayAtTenant('profiles.field.manage')) throw new Forbidden();
}

const told = ({ id }: Pick<ProfileField, 'id'>) => ({ subject: id, data: { fieldId: id } });
const LOCK = `select pg_advisory_xact_lock(hashtextextended('profile fields' || ?::text, 0))`;

/** Makes a field. Throws Forbidden, InvalidInput, CONFLICT beyond 50. */
export async function create(ctx: Context, input: z.input<typeof newField>): Promise<ProfileField> {
  const field = checked(newField, input);
  mustFit(field);
  await mustManage(ctx);
  return write(ctx, async (tx) => {
    await tx.execute(LOCK, [ctx.tenantId]);
    if ((await tx.count(ProfileField, {})) >= MAX_FIELDS) throw new Conflict(`There are ${MAX_FIELDS} fields already.`);
    const made = tx.create(ProfileField, { id: uuidv7(), tenantId: ctx.tenantId, ...field });
    await recordEvent(tx, ctx, 'profiles.field.created', told(made));
    return made;
  });
}

export async function update(ctx: Context, id: string, input: z.input<typeof fieldChanges>): Promise<ProfileField> {
  const changes = checked(fieldChanges, input);
  await mustManage(ctx);
  return write(ctx, async (tx) => {
    const field = await get(tx, id);
    field.edit(changes);
    mustFit(field);
    await recordEvent(tx, ctx, 'profiles.field.updated', told(field));
    return field;
  });
}

const FORGET = `update profile set field_values = field_values - ?::text where tenant_id = ? and jsonb_exists(field_values, ?)`;

/** Deletes a field with what people filled in, and answers it as it was. */
export async function remove(ctx: Context, id: string): Promise<ProfileField> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    if (!authorizer.mayAtTenant('profiles.field.manage')) throw new Forbidden();
    const field = await get(tx, id);
    if ((await tx.nativeDelete(ProfileField, { id })) === 0) throw new NotFound('This field');
    await tx.execute(FORGET, [id, ctx.tenantId, id], 'run');
    await recordEvent(tx, ctx, 'profiles.field.deleted', told(field));
    return field;
  });
}
