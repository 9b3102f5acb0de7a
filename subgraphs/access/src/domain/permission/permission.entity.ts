import { defineEntity, p } from '@mikro-orm/postgresql';

const permissionSchema = defineEntity({
  name: 'Permission',
  tableName: 'permission',
  properties: {
    code: p.text().primary(),
    // Given once and never again, also after the code is retired: a reused bit would resurrect old grants.
    bit: p.integer().unique(),
    description: p.text(),
    scopeTypes: p.array(),
    declaredBy: p.text(),
    retiredAt: p.datetime().nullable(),
  },
});

/** A permission code of some subgraph; the same for all tenants. */
export class Permission extends permissionSchema.class {}
permissionSchema.setClass(Permission);

/** A permission as clients see it. */
export interface PermissionView {
  code: string;
  description: string;
  /** Left out where answering should cost no statement; read when it is asked for. */
  scopeTypes?: readonly string[];
}

const catalogueSchema = defineEntity({
  name: 'Catalogue',
  tableName: 'catalogue',
  properties: { id: p.integer().primary(), version: p.bigint('number') },
  checks: [{ name: 'catalogue_one_row', expression: 'id = 1' }],
});

/** The one row that counts changes of the permission list. */
export class Catalogue extends catalogueSchema.class {}
catalogueSchema.setClass(Catalogue);
