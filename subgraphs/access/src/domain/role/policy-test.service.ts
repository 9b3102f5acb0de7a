import type { EntityManager } from '@mikro-orm/postgresql';
import { createCatalogue } from '@polity/kernel/access/catalogue';
import { readRow } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { ownAccess } from '../check/access-model.ts';
import { catalogue } from '../check/rows.ts';
import { PolicyTest } from './policy-test.entity.ts';
import { readPolicyTest, runPolicyTest, type TestedRole, type TestResult } from './policy-test.run.ts';
import { Role } from './role.entity.ts';
import { policyTestFailed } from './role.errors.ts';
import { canManageRoles } from './role.policy.ts';

export interface TestedPolicy extends TestResult {
  source: string;
  updatedAt: Date;
}

/** An edit that is not made yet; null permissions delete the role. */
export interface ProposedRole {
  id: string;
  permissions: readonly string[] | null;
}

async function rolesWith(tx: EntityManager, proposed?: ProposedRole): Promise<TestedRole[]> {
  const roles = await tx.find(Role, {});
  // A role of the tenant stands before the template of its name, as it does where roles are given.
  const ordered = roles.sort((a, b) => Number(b.template) - Number(a.template));
  return ordered.flatMap(({ id, key, scopeType, permissions }) => {
    if (id !== proposed?.id) return [{ key, scopeType, permissions }];
    return proposed.permissions === null ? [] : [{ key, scopeType, permissions: proposed.permissions }];
  });
}

async function run(tx: EntityManager, source: string, proposed?: ProposedRole): Promise<TestResult> {
  const { entries, version } = await catalogue(tx);
  return runPolicyTest(readPolicyTest(source), await rolesWith(tx, proposed), createCatalogue(entries, version));
}

/** Expectations that would not hold after the edit; none where the tenant wrote no test. */
export async function failuresWith(ctx: Context, tx: EntityManager, proposed: ProposedRole): Promise<string[]> {
  const test = await tx.findOne(PolicyTest, { tenantId: tenantOf(ctx) });
  return test ? (await run(tx, test.source, proposed)).failures : [];
}

/** Throws POLICY_TEST_FAILED where the tenant's expectations would not hold after the edit. */
export async function mustHold(ctx: Context, tx: EntityManager, proposed: ProposedRole): Promise<void> {
  const failures = await failuresWith(ctx, tx, proposed);
  if (failures.length > 0) throw policyTestFailed(failures);
}

/**
 * Edits of roles and of the test follow each other: two that hold alone could break the test together. To be called before anything is read
 * that the test looks at.
 */
export async function oneEditAtATime(ctx: Context, tx: EntityManager): Promise<void> {
  await tx.execute("select pg_advisory_xact_lock(hashtextextended(?::text || ' roles', 0))", [tenantOf(ctx)]);
}

async function mustManage(ctx: Context, em: EntityManager): Promise<void> {
  if (!canManageRoles(await ownAccess(ctx, em))) throw new Forbidden();
}

/** The tenant's test with what it finds now. Throws FORBIDDEN without `access.role.manage`. */
export async function find(ctx: Context): Promise<TestedPolicy | null> {
  await mustManage(ctx, ctx.em);
  const test = await readRow(ctx.em, PolicyTest, { where: [{ tenantId: tenantOf(ctx) }] });
  return test && { source: test.source, updatedAt: test.updatedAt, ...(await run(ctx.em, test.source)) };
}

const UPSERT = `insert into policy_test (id, created_at, tenant_id, source, updated_by, updated_at)
  values (?::uuid, ?::timestamptz, ?::uuid, ?, ?::uuid, ?::timestamptz) on conflict (tenant_id)
  do update set source = excluded.source, updated_by = excluded.updated_by, updated_at = excluded.updated_at`;

/** Replaces the tenant's test; it must hold now. An empty text removes it. Throws FORBIDDEN, VALIDATION_ERROR, POLICY_TEST_FAILED. */
export async function replace(ctx: Context, source: string): Promise<TestedPolicy | null> {
  const [tenantId, now] = [tenantOf(ctx), ctx.clock.now()];
  return write(ctx, async (tx) => {
    await oneEditAtATime(ctx, tx);
    await mustManage(ctx, tx);
    if (source.trim() === '') {
      await tx.nativeDelete(PolicyTest, { tenantId });
      return null;
    }
    const result = await run(tx, source);
    if (result.failures.length > 0) throw policyTestFailed(result.failures);
    await tx.execute(UPSERT, [uuidv7(), now, tenantId, source, ctx.cause.actorId, now], 'run');
    return { source, updatedAt: now, ...result };
  });
}
