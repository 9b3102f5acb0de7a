import type { EntityManager } from '@mikro-orm/postgresql';
import { checked } from '@polity/kernel/domain/input';
import { InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { ProfileField } from '../field/field.entity.ts';
import { valueProblem } from '../field/field.value.ts';
import type { PersonRef } from '../person.ts';
import { change } from './profile.change.ts';
import type { Profile } from './profile.entity.ts';
import { privacyChanges, profileChanges } from './profile.input.ts';

type ProfileInput = z.input<ReturnType<typeof profileChanges>>;

type Given = NonNullable<z.output<ReturnType<typeof profileChanges>>['customFields']>;

/** What is to be filled in, by field. Throws NotFound for a field that is not there, InvalidInput for a value that it does not take. */
async function filledIn(tx: EntityManager, given: Given): Promise<Record<string, string | null>> {
  if (given.length === 0) return {};
  const fields = new Map((await tx.find(ProfileField, {})).map((field) => [field.id, field]));
  const problems: Record<string, string> = {};
  const values = given.map(({ fieldId, value }, index): [string, string | null] => {
    const field = fields.get(fieldId);
    if (!field) throw new NotFound('This field');
    const text = value?.trim() || null;
    const problem = text && valueProblem(field, text);
    if (problem) problems[`customFields.${index}.value`] = problem;
    return [fieldId, text];
  });
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  return Object.fromEntries(values);
}

/** Changes the viewer's profile. Throws Forbidden, InvalidInput, NotFound for a field that is not there. */
export async function update(ctx: Context, input: ProfileInput): Promise<PersonRef> {
  const { status, customFields, ...parts } = checked(profileChanges(ctx.clock.nowMs()), input);
  return change(ctx, async (profile, tx) => {
    profile.edit(parts as Partial<Profile>);
    if (status !== undefined)
      profile.edit({ statusText: status?.text ?? null, statusUntil: status?.until ?? null } as Partial<Profile>);
    profile.fill(await filledIn(tx, customFields ?? []));
  });
}

/** Chooses who reads what. Throws Forbidden. */
export async function updatePrivacy(ctx: Context, input: z.input<typeof privacyChanges>): Promise<PersonRef> {
  const { approvesFollowers, ...audiences } = checked(privacyChanges, input);
  return change(ctx, async (profile) => {
    profile.edit({ privacy: { ...profile.privacy, ...audiences } } as Partial<Profile>);
    if (approvesFollowers !== undefined) profile.edit({ approvesFollowers });
  });
}
