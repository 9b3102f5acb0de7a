import type { ScopeRef } from '@polity/kernel/access/tree';
import { Conflict } from '@polity/kernel/graph/errors';
import type { Acting } from '../../context.ts';
import type { PollRow } from '../poll/poll.entity.ts';

const MEMBERS = `query Members($scope: ScopeInput!, $roleKey: String, $after: ID, $first: Int) {
  _members(scope: $scope, roleKey: $roleKey, after: $after, first: $first) }`;
const PAGE = 1_000;
const MOST = 100_000;

/** Who belongs to a scope, with a role there where one is named. Throws Conflict for more than 100,000. */
export async function membersAt({ services }: Acting, scope: ScopeRef, roleKey: string | null): Promise<string[]> {
  const members: string[] = [];
  for (let after: string | null = null; ; after = members.at(-1) ?? null) {
    const asked: Record<string, unknown> = { scope, roleKey, after, first: PAGE };
    const { _members: page } = await services.call<{ _members: string[] }>('access', MEMBERS, asked);
    members.push(...page);
    if (members.length > MOST)
      throw new Conflict(`More than ${MOST} people would vote here.`, { reason: 'ROLL_TOO_LONG' });
    if (page.length < PAGE) return members;
  }
}

/** Who votes in a poll that opens now, as access knows them; null where the poll has a list of its own. No transaction waits for it. */
export async function electorateOf(acting: Acting, poll: PollRow): Promise<string[] | null> {
  if (poll.eligibility === 'LIST') return null;
  return membersAt(acting, poll.scopeRef(), poll.eligibility === 'ROLE' ? (poll.eligibilityRole ?? null) : null);
}
