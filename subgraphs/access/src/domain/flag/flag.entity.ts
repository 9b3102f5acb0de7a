import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { sharedFilter, sharedPolicies } from '../tenancy.ts';

/** Who decided: an administrator of the installation by flag, or identity for the account. Two suspensions are two, and each is ended by its own. */
export const flagOrigins = ['ADMINISTRATOR', 'ACCOUNT'] as const;
export type FlagOrigin = (typeof flagOrigins)[number];

const schema = defineEntity({
  name: 'SubjectFlag',
  tableName: 'subject_flag',
  properties: {
    ...entityProperties,
    tenantId: p.uuid().nullable(),
    subjectId: p.uuid().index(),
    flag: p.enum(['SUSPENDED', 'SYSTEM_ADMIN'] as const),
    origin: p.enum(flagOrigins).default('ADMINISTRATOR'),
    validUntil: p.datetime().nullable(),
    grantedBy: p.uuid().nullable(),
    reason: p.text().nullable(),
  },
  policies: sharedPolicies,
  filters: sharedFilter,
});

/** A master flag of one subject: without a tenant it holds on the whole platform. */
export class SubjectFlag extends schema.class {}
schema.setClass(SubjectFlag);

export type SubjectFlagRow = Row<SubjectFlag>;
