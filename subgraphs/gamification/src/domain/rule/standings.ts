import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Rule } from '../../criteria/compile.ts';
import { isRevoked, progressOf, type RuleState } from '../../criteria/evaluate.ts';
import type { Standing } from '../../criteria/replay.ts';

/** Where somebody stood when it was last written. */
export interface Written {
  state: RuleState | null;
  deserved: boolean;
  revoked: boolean;
  completedAt: Date | null;
}

/** One person in one period of one rule. */
export interface Key {
  achievementId: string;
  userId: string;
  period: string;
}

export const keyText = ({ achievementId, userId, period }: Key): string => `${achievementId} ${userId} ${period}`;

const LOAD = `select p.achievement_id as "achievementId", p.user_id as "userId", p.period, p.state, p.deserved, p.revoked, p.completed_at as "completedAt"
  from progress p join jsonb_to_recordset(?::jsonb) as k("achievementId" uuid, "userId" uuid, period text)
    on p.achievement_id = k."achievementId" and p.user_id = k."userId" and p.period = k.period
  where p.tenant_id = ?`;

/** What is written of these; nothing for what is new. */
export async function loadStandings(
  tx: EntityManager,
  tenantId: string,
  keys: readonly Key[],
): Promise<Map<string, Written>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.execute<(Key & Written)[]>(LOAD, [JSON.stringify(keys), tenantId]);
  return new Map(rows.map((row) => [keyText(row), row]));
}

/** A row of `progress`: where somebody stands now. */
export interface StandingRow extends Key {
  state: RuleState;
  current: number;
  target: number;
  deserved: boolean;
  revoked: boolean;
  completedAt: Date | null;
}

/** Where somebody stands in a rule, as it is written. */
export function rowOf(
  rule: Rule,
  { personId, period, state }: Standing,
  before: Written | undefined,
  now: Date,
): StandingRow {
  const { current, target, met } = progressOf(rule, state);
  const revoked = isRevoked(rule, state);
  const completedAt = met ? (before?.completedAt ?? now) : null;
  return {
    achievementId: rule.id,
    userId: personId,
    period,
    state,
    current,
    target,
    revoked,
    deserved: met && !revoked,
    completedAt,
  };
}

const SAVE = `insert into progress as known
    (id, created_at, tenant_id, achievement_id, user_id, period, state, current, target, deserved, revoked, completed_at)
  select r.id, ?::timestamptz, ?::uuid, r."achievementId", r."userId", r.period, r.state, r.current, r.target, r.deserved, r.revoked, r."completedAt"
  from jsonb_to_recordset(?::jsonb) as r(id uuid, "achievementId" uuid, "userId" uuid, period text, state jsonb, current float8, target float8,
    deserved boolean, revoked boolean, "completedAt" timestamptz)
  on conflict on constraint progress_unique do update set state = excluded.state, current = excluded.current, target = excluded.target,
    deserved = excluded.deserved, revoked = excluded.revoked, completed_at = excluded.completed_at`;

/** Writes where these stand. */
export async function saveStandings(
  tx: EntityManager,
  tenantId: string,
  rows: readonly StandingRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map((row) => ({ id: uuidv7(), ...row }));
  await tx.execute(SAVE, [now, tenantId, JSON.stringify(given)]);
}
