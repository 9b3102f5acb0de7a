import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { readRows } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { placeOf } from '../scope.ts';
import { ModuleSetting } from './module.entity.ts';
import { type ModuleEntry, modules } from './module.table.ts';

interface Setting {
  key: string;
  enabled: boolean;
}

const canManage = (authorizer: Authorizer, scope: ScopeRef) => authorizer.may('portal.module.manage', scope);

export async function navigation(
  ctx: Context,
  wanted: ScopeRef | null,
  withDisabled: boolean,
): Promise<ModuleEntry[] | null> {
  const authorizer = await ctx.access.authorizer();
  const scope = wanted ?? { type: 'TENANT', id: ctx.tenantId };
  if (!(await isSeen(ctx, authorizer, scope))) return null;
  const entries = await entriesAt(ctx.em, authorizer, scope);
  return withDisabled && canManage(authorizer.quiet, scope) ? entries : entries.filter(({ enabled }) => enabled);
}

export async function set(ctx: Context, scope: ScopeRef, setting: Setting): Promise<ModuleEntry[]> {
  assertSwitchable(scope, setting.key);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    await placeOf(tx, authorizer, scope);
    if (!canManage(authorizer, scope)) throw new Forbidden();
    await store(tx, ctx, scope, setting);
    return entriesAt(tx, authorizer, scope);
  });
}

async function isSeen(ctx: Context, authorizer: Authorizer, { type, id }: ScopeRef): Promise<boolean> {
  if (type === 'TENANT') return id === authorizer.tenantId;
  const loader = type === 'COMMUNITY' ? ctx.loaders.communityById : ctx.loaders.teamById;
  return (await loader.load(id)) !== null;
}

async function entriesAt(em: EntityManager, authorizer: Authorizer, scope: ScopeRef): Promise<ModuleEntry[]> {
  const settings = await readRows(em, ModuleSetting, { where: [{ scopeId: scope.id }] });
  const stored = new Map(settings.map((setting) => [setting.key, setting.enabled]));
  return modules
    .filter(({ scopeTypes }) => scopeTypes.includes(scope.type))
    .filter(({ permission }) => !permission || authorizer.quiet.may(permission, scope))
    .map(({ key, title, path }) => ({ key, title, path, enabled: stored.get(key) ?? true }));
}

function assertSwitchable({ type }: ScopeRef, key: string): void {
  const row = modules.find((each) => each.key === key && each.scopeTypes.includes(type));
  if (!row) throw new InvalidInput({ key: 'is not an entry of this kind of scope' });
  if (row.fixed) throw new InvalidInput({ key: 'is always shown' });
}

async function store(tx: EntityManager, ctx: Context, scope: ScopeRef, setting: Setting): Promise<void> {
  const row = {
    id: uuidv7(),
    createdAt: ctx.clock.now(),
    tenantId: ctx.tenantId,
    scopeType: scope.type,
    scopeId: scope.id,
    ...setting,
  };
  await tx.upsert(ModuleSetting, row, {
    onConflictFields: ['tenantId', 'scopeId', 'key'],
    onConflictMergeFields: ['enabled'],
  });
  const data = { scopeType: scope.type, scopeId: scope.id, ...setting };
  await recordEvent(tx, ctx, 'portal.module.set', { subject: scope.id, data });
}
