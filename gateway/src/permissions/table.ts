import { anyone } from '@polity/kernel/graph/rules';
import type { ShieldRule } from '@polity/kernel/graph/shield';
import type { GuardTable } from '../shield/guards.ts';
import { accessPermissions } from './access.ts';
import { identityPermissions } from './identity.ts';
import { portalPermissions } from './portal.ts';
import { openTypes, ownSession } from './rules.ts';

const gatewayPermissions: GuardTable = {
  Query: { graphVersion: anyone },
  Mutation: { signOut: anyone, revokeSession: ownSession, revokeOtherSessions: ownSession, switchTenant: ownSession },
  ...openTypes('Session', 'PageInfo'),
};

function merge(tables: readonly GuardTable[]): GuardTable {
  const merged: GuardTable = {};
  for (const table of tables)
    for (const [type, row] of Object.entries(table)) merged[type] = { ...merged[type], ...row };
  return merged;
}

/** The rule of every field of the API schema. A field without a row does not start, and fails a test. */
export const permissions = merge([gatewayPermissions, identityPermissions, accessPermissions, portalPermissions]);

/** Rules that pass for everyone; the shield leaves them out of its evaluation. */
export const trivialRules: ReadonlySet<ShieldRule> = new Set([anyone]);
