import { defineEntity, type PolicyDef, p } from '@mikro-orm/postgresql';
import type { Row } from '@polity/kernel/db/row';
import { SESSION_TENANT, sharedFilter } from '../tenancy.ts';

export const changeKinds = [
  'BINDING_CREATED',
  'BINDING_UPDATED',
  'BINDING_REMOVED',
  'OVERRIDE_SET',
  'OVERRIDE_REMOVED',
  'FLAG_SET',
  'FLAG_CLEARED',
  'ROLE_CREATED',
  'ROLE_UPDATED',
  'ROLE_DELETED',
  'TEMPLATE_UPDATED',
  'CATALOGUE_UPDATED',
  'SCOPE_REGISTERED',
  'SCOPE_MOVED',
  'SCOPE_REMOVED',
  'BLOCK_CHANGED',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

type Columns = Record<string, string>;
const own = (columns: Columns) => `${columns.tenantId} is not distinct from ${SESSION_TENANT}`;

// A tenant sees its own changes and those of templates; the platform sees its own and whatever still lacks its stamps.
const readable = (columns: Columns) =>
  `${own(columns)} or (${columns.tenantId} is null and ${columns.subjectId} is null) or (${SESSION_TENANT} is null and not ${columns.stamped})`;

const policies: PolicyDef[] = [
  { name: 'read', command: 'select', using: readable },
  { name: 'add', command: 'insert', check: own },
  { name: 'change', command: 'update', using: own, check: own },
];

const schema = defineEntity({
  name: 'AccessChange',
  tableName: 'access_change',
  properties: {
    seq: p.bigint('number').primary().autoincrement(),
    at: p.datetime().defaultRaw('clock_timestamp()'),
    tenantId: p.uuid().nullable(),
    subjectId: p.uuid().nullable(),
    scopeId: p.uuid().nullable(),
    kind: p.enum(changeKinds),
    before: p.json().nullable(),
    after: p.json().nullable(),
    actorId: p.uuid().nullable(),
    reason: p.text().nullable(),
    requestId: p.text().nullable(),
    stamps: p.json().$type<Record<string, number>>(),
    stamped: p.boolean().default(false),
  },
  policies,
  filters: sharedFilter,
  indexes: [
    { properties: ['tenantId', 'seq'] },
    { properties: ['at'] },
    {
      name: 'access_change_unstamped',
      expression: 'create index access_change_unstamped on access_change (seq) where not stamped',
    },
  ],
});

/** One change of who may do what: audit row, outbox of stamps and entry of the watch feed in one. */
export class AccessChange extends schema.class {}
schema.setClass(AccessChange);

export type AccessChangeRow = Row<AccessChange>;
