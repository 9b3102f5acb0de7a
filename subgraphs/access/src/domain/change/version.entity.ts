import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';

const subject = defineEntity({
  name: 'SubjectVersion',
  tableName: 'subject_version',
  properties: { tenantId: p.uuid().primary(), subjectId: p.uuid().primary(), v: p.bigint('number') },
  policies: tenantPolicies,
  filters: tenantFilter,
});

/** Counts changes of one subject's bindings, overrides and flags in a tenant; its row lock is the order of writers. */
export class SubjectVersion extends subject.class {}
subject.setClass(SubjectVersion);

const tenant = defineEntity({
  name: 'TenantVersion',
  tableName: 'tenant_version',
  // Counters only, and an edit of a template bumps those of all tenants: no row level security.
  properties: { tenantId: p.uuid().primary(), rolesV: p.bigint('number'), treeV: p.bigint('number') },
});

/** Counts changes of a tenant's roles and of its scope tree. */
export class TenantVersion extends tenant.class {}
tenant.setClass(TenantVersion);

const platform = defineEntity({
  name: 'PlatformVersion',
  tableName: 'platform_version',
  properties: { subjectId: p.uuid().primary(), v: p.bigint('number') },
});

/** Counts changes of one subject's platform-wide flags. */
export class PlatformVersion extends platform.class {}
platform.setClass(PlatformVersion);
