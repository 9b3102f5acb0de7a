import { allows, decide } from '../../kernel/src/access/decide.ts';
import { type AccessSet, compileAccessSet } from '../../kernel/src/access/set.ts';
import type { ScopeRef } from '../../kernel/src/access/tree.ts';
import type { Dataset } from './dataset.ts';

/** Answers question number `i`; everything that can be done beforehand was. */
export type Ask = (i: number) => boolean;

/** One way of deciding; `build` answers null where its library is not installed. */
export interface Engine {
  name: string;
  /** Engines that cannot express overrides, flags and expiry run on the plain data only. */
  full: boolean;
  build(data: Dataset): Promise<Ask | null>;
}

export function setsOf({ users, catalogue, tree, nowMs }: Dataset): Map<string, AccessSet> {
  return new Map(users.map((rows) => [rows.subjectId ?? '', compileAccessSet(rows, catalogue, tree, nowMs)]));
}

const flat = ({ questions, users }: Dataset) => ({
  subjects: questions.map(({ user }) => users[user]?.subjectId ?? ''),
  permissions: questions.map(({ permission }) => permission),
  scopes: questions.map(({ scope }) => scope),
});

export const withReason: Engine = {
  name: 'polity: decide, reason and deciding row',
  full: true,
  build: async (data) => {
    const sets = setsOf(data);
    const { subjects, permissions, scopes } = flat(data);
    return (i) =>
      decide(sets.get(subjects[i] as string) as AccessSet, permissions[i] as string, scopes[i] as ScopeRef, data.nowMs)
        .allowed;
  },
};

export const withoutReason: Engine = {
  name: 'polity: allows, no reason',
  full: true,
  build: async (data) => {
    const sets = setsOf(data);
    const { subjects, permissions, scopes } = flat(data);
    return (i) =>
      allows(sets.get(subjects[i] as string) as AccessSet, permissions[i] as string, scopes[i] as ScopeRef, data.nowMs);
  },
};

/** What anyone would write first: loop over the rows of the user, a Set of codes per role. Also the oracle of the bench. */
export const plainLoop: Engine = {
  name: 'plain loop over rows, no reason',
  full: true,
  build: async (data) => {
    const { subjects, permissions, scopes } = flat(data);
    const users = new Map(
      data.users.map((rows) => [
        rows.subjectId ?? '',
        {
          suspended: rows.flags.some((row) => row.flag === 'SUSPENDED'),
          admin: rows.flags.some((row) => row.flag === 'SYSTEM_ADMIN'),
          bindings: rows.bindings,
          overrides: rows.overrides,
        },
      ]),
    );
    const roles = new Map(data.roles.map(({ id, permissions: codes }) => [id, new Set(codes)]));
    const parents = new Map(
      data.tree.refs.map(({ id }, index) => [id, data.tree.refs[data.tree.parents[index] ?? -1]?.id]),
    );
    const live = (row: { validUntil: number | null }) => row.validUntil === null || row.validUntil > data.nowMs;
    return (i) => {
      const user = users.get(subjects[i] as string);
      if (user === undefined || user.suspended) return false;
      if (user.admin) return true;
      const permission = permissions[i] as string;
      const a = (scopes[i] as ScopeRef).id;
      const b = parents.get(a);
      const c = b === undefined ? undefined : parents.get(b);
      let allowed = false;
      for (const row of user.overrides) {
        if (
          row.permission !== permission ||
          (row.scopeId !== a && row.scopeId !== b && row.scopeId !== c) ||
          !live(row)
        )
          continue;
        if (row.effect === 'DENY') return false;
        allowed = true;
      }
      if (allowed) return true;
      for (const row of user.bindings) {
        const onPath = row.scopeId === a || row.scopeId === b || row.scopeId === c;
        if (onPath && live(row) && roles.get(row.roleId)?.has(permission)) return true;
      }
      return false;
    };
  },
};
