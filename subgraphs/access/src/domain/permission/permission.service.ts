import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccessDeclaration, PermissionDeclaration, RoleTemplate } from '@polity/kernel/access/catalogue';
import type { ScopeType } from '@polity/kernel/access/tree';
import { readRows } from '@polity/kernel/db/rows';
import type { Context } from '../../context.ts';
import { changePlatform } from '../change/change.service.ts';
import { type Ledger, record } from '../change/ledger.ts';
import { repairStamps } from '../change/stamp-repair.ts';
import { newRole, Role } from '../role/role.entity.ts';
import { readDeclaration } from './declaration.ts';
import { Permission, type PermissionView } from './permission.entity.ts';

/** All codes in use, in the order in which they were first declared. */
export function list(ctx: Context): Promise<PermissionView[]> {
  return readRows(ctx.em, Permission, { where: [{ retiredAt: null }], order: [{ column: 't.bit', direction: 'asc' }] });
}

/** Kinds of scope at which a permission is asked for; none for a code that nobody declares. */
export async function scopeTypesOf(ctx: Context, { code, scopeTypes }: PermissionView): Promise<ScopeType[]> {
  const known = scopeTypes ?? (await ctx.loaders.permissionByCode.load(code))?.scopeTypes ?? [];
  return known as ScopeType[];
}

/**
 * Brings catalogue and templates to what one subgraph declares: new codes get the next bit, codes it dropped are retired and keep
 * theirs, and a template is the union of what all subgraphs put into it. Changes nothing where nothing is new.
 */
export async function register(ctx: Context, subgraph: string, declaration: unknown): Promise<boolean> {
  const declared = readDeclaration(subgraph, declaration);
  await changePlatform(ctx, async (tx, ledger) => {
    // Subgraphs start side by side; one at a time draws bits and merges templates.
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('access registration', 0))");
    await registerCodes(tx, ledger, subgraph, declared, ctx.clock.now());
    await registerTemplates(tx, ledger, subgraph, declared);
  });
  // A registration that died before its stamps comes again and finds nothing to change.
  await repairStamps({ em: (tenantId) => ctx.inTenant(tenantId).em, stamps: ctx.stamps });
  return true;
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item, index) => item === b[index]);

async function registerCodes(
  tx: EntityManager,
  ledger: Ledger,
  subgraph: string,
  { permissions }: AccessDeclaration,
  now: Date,
) {
  const known = new Map((await tx.find(Permission, {})).map((permission) => [permission.code, permission]));
  let next = Math.max(-1, ...[...known.values()].map(({ bit }) => bit)) + 1;
  const changed: string[] = [];
  // New or revived: what did not count before, for whoever takes the history back.
  const added: string[] = [];
  for (const declared of permissions) {
    const permission = known.get(declared.code);
    if (permission && !differs(permission, declared)) continue;
    changed.push(declared.code);
    if (!permission || permission.retiredAt) added.push(declared.code);
    if (permission) tx.assign(permission, { ...declared, scopeTypes: [...declared.scopeTypes], retiredAt: null });
    else
      tx.create(Permission, { ...declared, scopeTypes: [...declared.scopeTypes], bit: next++, declaredBy: subgraph });
  }
  const codes = new Set(permissions.map(({ code }) => code));
  const dropped = [...known.values()].filter(
    (permission) => permission.declaredBy === subgraph && !permission.retiredAt && !codes.has(permission.code),
  );
  for (const permission of dropped) permission.retiredAt = now;
  if (changed.length + dropped.length === 0) return;
  await tx.flush();
  await tx.execute(
    'insert into catalogue (id, version) values (1, 1) on conflict (id) do update set version = catalogue.version + 1',
    [],
    'run',
  );
  const after = { subgraph, declared: changed, added, retired: dropped.map(({ code }) => code) };
  // Sets hold the masks of their roles, so a retired or revived code must make them stale as an edited template does.
  record(ledger, 'templates', { kind: 'CATALOGUE_UPDATED', after });
}

function differs(permission: Permission, declared: PermissionDeclaration): boolean {
  const { retiredAt, description, scopeTypes } = permission;
  return retiredAt != null || description !== declared.description || !same(scopeTypes, declared.scopeTypes);
}

async function registerTemplates(
  tx: EntityManager,
  ledger: Ledger,
  subgraph: string,
  { roles }: AccessDeclaration,
): Promise<void> {
  const templates = await tx.find(Role, { tenantId: null });
  const nameOf = (role: Pick<RoleTemplate, 'key' | 'scopeType'>) => `${role.scopeType} ${role.key}`;
  const known = new Map(templates.map((role) => [nameOf(role), role]));
  const declared = new Map(roles.map((role) => [nameOf(role), role]));
  for (const role of roles) if (!known.has(nameOf(role))) addTemplate(tx, ledger, role);
  for (const [name, role] of known) {
    const wanted = declared.get(name);
    const others = role.permissions.filter((code) => !code.startsWith(`${subgraph}.`));
    const permissions = [...new Set([...others, ...(wanted?.permissions ?? [])])].sort();
    const title = wanted && newTitle(subgraph, role, wanted);
    if (same(permissions, role.permissions) && !title) continue;
    record(ledger, 'templates', {
      kind: 'TEMPLATE_UPDATED',
      before: { id: role.id, key: role.key, scopeType: role.scopeType, permissions: role.permissions },
      after: { id: role.id, key: role.key, scopeType: role.scopeType, permissions, version: role.version + 1 },
    });
    tx.assign(role, { permissions, version: role.version + 1, ...title });
  }
}

/** The subgraph that a key begins with names the role; `tenant.*` is named by whoever gave it a name first. Until then its key is its name. */
function newTitle(subgraph: string, role: Role, { key, name, ...said }: RoleTemplate) {
  const description = said.description ?? null;
  const mayName = key.startsWith(`${subgraph}.`) || role.name === key;
  const isNew = role.name !== name || role.description !== description;
  return name !== undefined && mayName && isNew ? { name, description } : null;
}

function addTemplate(
  tx: EntityManager,
  ledger: Ledger,
  { key, name = key, description, scopeType, permissions }: RoleTemplate,
): void {
  const codes = [...new Set(permissions)].sort();
  const role = newRole(tx, {
    tenantId: null,
    key,
    name,
    description: description ?? null,
    scopeType,
    permissions: codes,
  });
  record(ledger, 'templates', {
    kind: 'TEMPLATE_UPDATED',
    after: { id: role.id, key, scopeType, permissions: codes, version: 1 },
  });
}
