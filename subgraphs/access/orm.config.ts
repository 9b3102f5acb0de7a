import type { OrmDefinition } from '@polity/kernel/db/orm';
import { RoleBinding } from './src/domain/binding/binding.entity.ts';
import { PersonBlock } from './src/domain/block/block.entity.ts';
import { AccessChange } from './src/domain/change/change.entity.ts';
import { PlatformVersion, SubjectVersion, TenantVersion } from './src/domain/change/version.entity.ts';
import { DecisionRecord } from './src/domain/check/decision.entity.ts';
import { ACCESS_ROWS } from './src/domain/check/rows.ts';
import { SubjectFlag } from './src/domain/flag/flag.entity.ts';
import { PolicyOverride } from './src/domain/override/override.entity.ts';
import { Catalogue, Permission } from './src/domain/permission/permission.entity.ts';
import { PolicyTest } from './src/domain/role/policy-test.entity.ts';
import { Role } from './src/domain/role/role.entity.ts';
import { Scope } from './src/domain/scope/scope.entity.ts';

// Processes and Redis may remember versions from after the backup, with other contents. Milliseconds since 1970 are beyond all of them, and
// beyond those given after an earlier restore, too.
const beyond = (column: string) =>
  `${column} = greatest(${column}, floor(extract(epoch from clock_timestamp()) * 1000)::bigint) + 1`;

export const orm: OrmDefinition = {
  name: 'access',
  entities: [
    Scope,
    Permission,
    Catalogue,
    Role,
    RoleBinding,
    PolicyOverride,
    SubjectFlag,
    SubjectVersion,
    TenantVersion,
    PlatformVersion,
    AccessChange,
    PersonBlock,
    DecisionRecord,
    PolicyTest,
  ],
  migrations: new URL('./migrations', import.meta.url).href,
  prepared: { access_rows: ACCESS_ROWS },
  afterRestore: [
    `update subject_version set ${beyond('v')}`,
    `update platform_version set ${beyond('v')}`,
    `update tenant_version set ${beyond('roles_v')}, ${beyond('tree_v')}`,
    'update access_change set stamped = true where not stamped',
  ],
};
