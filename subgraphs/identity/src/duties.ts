import type { Concern, Concerns } from '@polity/kernel/duties/concerns';
import type { PeopleDuty, PersonColumn } from '@polity/kernel/duties/people';
import { fileUploader } from '@polity/kernel/files/file-table';
import type { IdentityEvents } from './events.ts';

/** Rows of the installation by which somebody signs in: they go, and hold nothing but secrets. */
const secretsIn = (table: string): PersonColumn => ({
  table,
  column: 'user_id',
  of: 'installation',
  exports: [],
  erase: 'delete',
});

const LOG = 'The audit log is kept for its days, and names nobody once the account is erased.';
const WORK = 'What the tenant has stays; who made it names nobody once the account is erased.';

export const people: PeopleDuty = {
  columns: [
    ...['credential', 'token', 'email_code', 'passkey_challenge', 'recovery_code', 'totp_factor'].map(secretsIn),
    {
      table: 'passkey',
      column: 'user_id',
      of: 'installation',
      exports: ['id', 'name', 'created_at', 'last_used_at'],
      erase: 'delete',
    },
    {
      table: 'trusted_device',
      column: 'user_id',
      of: 'installation',
      exports: ['id', 'device', 'address', 'created_at', 'last_used_at'],
      erase: 'delete',
    },
    {
      table: 'upstream_link',
      column: 'user_id',
      of: 'installation',
      exports: ['id', 'provider_name', 'label', 'created_at', 'last_used_at'],
      erase: 'delete',
    },
    { table: 'oidc_payload', column: 'account_id', of: 'installation', exports: [], erase: 'delete' },
    { table: 'tenant', column: 'created_by', of: 'installation', exports: [], erase: 'keep', because: WORK },
    {
      table: 'user_account',
      column: 'id',
      of: 'installation',
      exports: ['id', 'username', 'display_name', 'email', 'email_verified_at', 'status', 'language', 'created_at'],
      erase: 'keep',
      because: 'Deleting the account empties the row; it stays, so that what the person wrote keeps an author.',
    },
    {
      table: 'personal_token',
      column: 'user_id',
      exports: ['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'],
      erase: 'delete',
    },
    { table: 'upstream_attempt', column: 'user_id', exports: [], erase: 'delete' },
    { table: 'upstream_provider', column: 'created_by', exports: [], erase: 'keep', because: WORK },
    { table: 'tenant_membership', column: 'user_id', exports: ['id', 'status', 'joined_at'], erase: 'delete' },
    {
      table: 'invitation',
      column: 'created_by',
      exports: ['id', 'created_at'],
      erase: { set: { created_by: 'null' } },
    },
    {
      table: 'registration_token',
      column: 'created_by',
      exports: ['id', 'name', 'created_at'],
      erase: { set: { created_by: 'null' } },
    },
    { table: 'invitation_use', column: 'user_id', exports: ['id', 'created_at'], erase: 'delete' },
    { table: 'application', column: 'created_by', exports: ['id', 'name', 'created_at'], erase: 'keep', because: WORK },
    { table: 'application', column: 'decided_by', exports: [], erase: { set: { decided_by: 'null' } } },
    {
      table: 'audit_entry',
      column: 'user_id',
      of: 'either',
      exports: ['id', 'created_at', 'type', 'address', 'device'],
      erase: 'keep',
      because: LOG,
    },
    fileUploader,
    { table: 'audit_entry', column: 'actor_id', of: 'either', exports: [], erase: 'keep', because: LOG },
  ],
  notPeople: ['session_id', 'request_id', 'grant_id', 'client_id', 'credential_id', 'rp_id', 'community_id'],
};

const self = ({ userId }: { userId: string }): Concern[] => [{ userId, as: 'OWNER' }];
const participant = ({ userId }: { userId: string }): Concern[] => [{ userId, as: 'PARTICIPANT' }];

export const concerns: Concerns<IdentityEvents> = {
  'identity.user.activated': self,
  'identity.user.suspended': self,
  'identity.user.reinstated': self,
  'identity.user.password_changed': self,
  'identity.membership.created': participant,
  'identity.membership.ended': participant,
  'identity.membership.restored': participant,
};
