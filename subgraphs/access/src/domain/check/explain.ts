import type { EntityManager } from '@mikro-orm/postgresql';
import { type AccessCheck, type Decision, decide } from '@polity/kernel/access/decide';
import { type AccessRows, compileAccessSet, isLive, type Validity } from '@polity/kernel/access/set';
import { type ScopeRef, scopePath } from '@polity/kernel/access/tree';
import { readAccessModel } from './access-model.ts';
import type { DecisionRecord } from './decision.entity.ts';
import { accessRows } from './rows.ts';

/** A decision with everything stored about the subject on the path of the scope, whether it counts or not. */
export interface Explanation {
  decision: Decision;
  path: ScopeRef[];
  rows: AccessRows;
  at: Date;
}

interface Asked extends AccessCheck {
  tenantId: string;
  subjectId: string;
  now: Date;
}

/** Decides from the database itself, with no cache in between. */
export async function explain(
  em: EntityManager,
  { tenantId, subjectId, now, permission, scope }: Asked,
): Promise<Explanation> {
  const rows = await accessRows(em, tenantId, subjectId);
  const { tree, codes } = await readAccessModel(em, tenantId);
  const set = compileAccessSet(rows, codes, tree, now.getTime());
  return { decision: decide(set, permission, scope, now.getTime()), path: scopePath(tree, scope), rows, at: now };
}

function interval({ validFrom, validUntil }: Validity, at: Date): string {
  const time = (ms: number) => new Date(ms).toISOString();
  const live = isLive({ validFrom, validUntil }, at.getTime());
  const parts = [
    validFrom === null ? '' : `from ${time(validFrom)}`,
    validUntil === null ? '' : `until ${time(validUntil)}`,
  ];
  const said = parts.filter((part) => part !== '').join(' ');
  return `${said ? `, ${said}` : ''}${live ? '' : ', not live'}`;
}

function rowsAt({ rows, at }: Explanation, { type, id }: ScopeRef): string[] {
  const roles = new Map(rows.roles.map((role) => [role.id, role.key]));
  const bindings = rows.bindings.filter((binding) => binding.scopeId === id);
  const overrides = rows.overrides.filter((override) => override.scopeId === id);
  return [
    `  ${type} ${id}`,
    ...overrides.map((row) => `    ${row.effect} ${row.permission} (override ${row.id}${interval(row, at)})`),
    ...bindings.map((row) => `    role ${roles.get(row.roleId)} (binding ${row.id}${interval(row, at)})`),
  ];
}

/** The explanation in lines for a terminal. */
export function explanationLines(explanation: Explanation): string[] {
  const { decision, path, rows, at } = explanation;
  const { allowed, reason, permission, scope, version } = decision;
  const flags = rows.flags.map((row) => `${row.flag} (${row.level.toLowerCase()}${interval(row, at)})`);
  const decider = decision.overrideId ?? decision.bindingId;
  return [
    `${allowed ? 'ALLOWED' : 'DENIED'} (${reason}): ${permission} at ${scope.type} ${scope.id}`,
    `  subject ${rows.subjectId}, tenant ${rows.tenantId}, at ${at.toISOString()}, version ${version}`,
    ...(decider ? [`  decided by ${decision.overrideId ? 'override' : 'binding'} ${decider}`] : []),
    `  flags: ${flags.length > 0 ? flags.join(', ') : 'none'}`,
    path.length > 0 ? 'On the path:' : 'The tenant has no such scope.',
    ...path.flatMap((each) => rowsAt(explanation, each)),
  ];
}

/** A logged decision beside the one that its versions give, in lines for a terminal. */
export function replayedLines(logged: DecisionRecord, again: Decision): string[] {
  const { seq, at, subjectId, permission, scopeType, scopeId, version, reason, rowId } = logged;
  const row = again.bindingId ?? again.overrideId;
  const agrees = again.reason === reason && row === (rowId ?? null);
  return [
    `Decision ${seq}: ${permission} at ${scopeType} ${scopeId}, subject ${subjectId ?? 'nobody'}, at ${at.toISOString()}, version ${version}`,
    `  logged    ${reason}${rowId ? ` by ${rowId}` : ''}`,
    `  replayed  ${again.reason}${row ? ` by ${row}` : ''}`,
    agrees ? 'They agree.' : 'THEY DIFFER.',
  ];
}
