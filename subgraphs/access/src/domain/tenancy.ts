import type { PolicyDef } from '@mikro-orm/postgresql';

/** The tenant of the database session; null in sessions of the platform itself (boot, repair, platform-wide flags). */
export const SESSION_TENANT = "nullif(current_setting('app.tenant', true), '')::uuid";

type Columns = Record<string, string>;
const own = (columns: Columns) => `${columns.tenantId} is not distinct from ${SESSION_TENANT}`;

/** Rows of one tenant or of the platform (no tenant): a tenant reads both and writes only its own; the platform reads and writes its own. */
export const sharedPolicies: PolicyDef[] = [
  { name: 'read', command: 'select', using: (columns: Columns) => `${columns.tenantId} is null or ${own(columns)}` },
  { name: 'add', command: 'insert', check: own },
  { name: 'change', command: 'update', using: own, check: own },
  { name: 'remove', command: 'delete', using: own },
];

/** First wall for such rows: every ORM query names the tenant, and takes the platform's rows along. */
export const sharedFilter = {
  tenant: {
    name: 'tenant',
    cond: ({ tenantId, down }: { tenantId: string | null; down?: boolean }) =>
      down ? {} : { $or: [{ tenantId }, { tenantId: null }] },
    default: true,
  },
};
