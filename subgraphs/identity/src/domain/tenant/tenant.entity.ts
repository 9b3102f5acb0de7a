import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export type SignUpPolicy = 'OPEN' | 'INVITATION' | 'CLOSED';

export const signUpPolicies = ['OPEN', 'INVITATION', 'CLOSED'] as const;

const schema = defineEntity({
  name: 'Tenant',
  tableName: 'tenant',
  properties: {
    ...entityProperties,
    slug: p.string().unique(),
    name: p.string(),
    signUpPolicy: p.enum(signUpPolicies),
    mfaRequired: p.boolean().default(false),
    /** Whether people may sign in with a code by mail. */
    emailCodes: p.boolean().default(false),
    /** `#rrggbb`, for pages. */
    accentColor: p.text().nullable(),
    /** Of its pages and mails, for whoever says no other. */
    language: p.text().nullable(),
    createdBy: p.uuid().nullable(),
    /** Name of the file, as `ctx.files` knows it. */
    logoFile: p.text().nullable().index(),
    updatedAt: p.datetime(),
  },
});

export interface TenantChanges {
  slug?: string;
  name?: string;
  signUpPolicy?: SignUpPolicy;
  mfaRequired?: boolean;
  emailCodes?: boolean;
  logoFile?: string | null;
  accentColor?: string | null;
  language?: string | null;
}

/** One customer or federation of communities; its name and slug are public to whoever reaches it. */
export class Tenant extends schema.class {
  change(changes: TenantChanges, at: Date): void {
    Object.assign(this, changes, { updatedAt: at });
  }
}
schema.setClass(Tenant);

export type TenantRow = Row<Tenant>;
