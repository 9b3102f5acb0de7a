import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { deriveKey, type Secrets } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';

/** Owns every service database and runs its migrations. */
export const OWNER = 'polity_owner';
/** Serves requests; bound by row level security. */
export const APP = 'polity_app';

/** The password of a role: the same for every process that holds the same master secret. */
export function rolePassword(secrets: Secrets, role: string): string {
  return deriveKey(secrets.master, `database-role:${role}`).toString('base64url');
}

/** Makes both roles, sets their passwords and checks that `polity_app` cannot walk around row level security. Throws StartError. */
export async function ensureRoles(admin: pg.Client, secrets: Secrets): Promise<void> {
  for (const role of [OWNER, APP]) {
    const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await admin.query(`create role ${role} login`);
    await admin.query(`alter role ${role} login password '${scramVerifier(rolePassword(secrets, role))}'`);
  }
  // Only a member may create databases for a role; a superuser is one of all.
  await admin.query(`do $$ begin
    if not pg_has_role(current_user, '${OWNER}', 'USAGE') then execute 'grant ${OWNER} to current_user'; end if;
  end $$`);
  await confine(admin);
}

async function confine(admin: pg.Client): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1 and (rolsuper or rolbypassrls)', [
    APP,
  ]);
  if (rowCount !== 0) await admin.query(`alter role ${APP} nosuperuser nobypassrls`);
  const { rows } = await admin.query<{ owns: boolean }>(`select pg_has_role('${APP}', '${OWNER}', 'MEMBER') as owns`);
  if (rows[0]?.owns) {
    throw new StartError(
      `The database role ${APP} is a member of ${OWNER} and so escapes row level security. Run "REVOKE ${OWNER} FROM ${APP}", then start again.`,
    );
  }
}

// RFC 5803. Sending the verifier keeps the password itself out of the server's statement log.
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${sign('Server Key').toString('base64')}`;
}
