import type { Concerns } from '@polity/kernel/duties/concerns';
import type { PeopleDuty } from '@polity/kernel/duties/people';
import type { AccessEvents } from './events.ts';

const ENDED = 'Roles and what stands beside them end by the verbs that move stamps; what is left names nobody.';
const HISTORY = 'The history of who did what is kept for its days, and names nobody once the account is erased.';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'role_binding',
      column: 'subject_id',
      exports: ['id', 'role_id', 'scope_id', 'created_at', 'valid_from', 'valid_until'],
      erase: 'keep',
      because: ENDED,
    },
    { table: 'role_binding', column: 'granted_by', exports: [], erase: 'keep', because: HISTORY },
    {
      table: 'policy_override',
      column: 'subject_id',
      exports: ['id', 'permission', 'effect', 'scope_id', 'created_at', 'valid_from', 'valid_until'],
      erase: 'keep',
      because: ENDED,
    },
    { table: 'policy_override', column: 'granted_by', exports: [], erase: 'keep', because: HISTORY },
    {
      table: 'subject_flag',
      column: 'subject_id',
      of: 'either',
      exports: ['id', 'flag', 'created_at', 'valid_until'],
      erase: 'keep',
      because: ENDED,
    },
    { table: 'subject_flag', column: 'granted_by', of: 'either', exports: [], erase: 'keep', because: HISTORY },
    { table: 'subject_version', column: 'subject_id', exports: [], erase: 'keep', because: ENDED },
    { table: 'platform_version', column: 'subject_id', of: 'installation', exports: [], erase: 'keep', because: ENDED },
    {
      table: 'access_change',
      column: 'subject_id',
      of: 'either',
      key: 'seq',
      exports: ['seq', 'at', 'kind', 'scope_id'],
      erase: 'keep',
      because: HISTORY,
    },
    { table: 'access_change', column: 'actor_id', of: 'either', exports: [], erase: 'keep', because: HISTORY },
    {
      table: 'decision_log',
      column: 'subject_id',
      key: 'seq',
      exports: ['seq', 'at', 'permission', 'scope_type', 'scope_id', 'allowed', 'reason'],
      erase: 'keep',
      because: HISTORY,
    },
    { table: 'decision_log', column: 'asked_by', exports: [], erase: 'keep', because: HISTORY },
    { table: 'person_block', column: 'blocker_id', exports: ['id', 'blocked_id', 'created_at'], erase: 'delete' },
    { table: 'person_block', column: 'blocked_id', exports: [], erase: 'delete' },
    { table: 'policy_test', column: 'updated_by', exports: [], erase: 'keep', because: HISTORY },
  ],
  notPeople: ['scope_id', 'row_id', 'request_id', 'declared_by'],
};

export const concerns: Concerns<AccessEvents> = {
  'access.membership.revoked': ({ userId }) => [{ userId, as: 'PARTICIPANT' }],
};
