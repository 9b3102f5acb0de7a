import type pg from 'pg';
import { fingerprint, type Secrets } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { addKeySlot, firstKey, heldKey, keySlots } from './key-slots.ts';

/** Owns every service database and runs its migrations. */
export const OWNER = 'polity_owner';
/** Serves requests; bound by row level security. */
export const APP = 'polity_app';

/**
 * Makes the roles `polity_owner` and `polity_app`, which nobody signs in as, and for the first secret of an installation the login of
 * each (see key-slots). Checks that `polity_app` cannot walk around row level security. It never changes a password: a secret that
 * this server does not know is refused. `key` is the installation's where there is one already, as in a backup. Throws StartError.
 */
export async function ensureRoles(admin: pg.Client, secrets: Secrets, key?: string): Promise<void> {
  await admin.query('begin');
  try {
    for (const role of [OWNER, APP]) {
      const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
      if (rowCount === 0) await admin.query(`create role ${role}`);
    }
    // Only a member may create databases for a role; a superuser is one of all.
    await admin.query(`do $$ begin
      if not pg_has_role(current_user, '${OWNER}', 'USAGE') then execute 'grant ${OWNER} to current_user'; end if;
    end $$`);
    await ensureSlot(admin, secrets, key);
    await confine(admin);
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function ensureSlot(admin: pg.Client, secrets: Secrets, key?: string): Promise<void> {
  const slots = await keySlots(admin);
  const own = slots.find(({ id }) => id === fingerprint(secrets));
  if (own) return void heldKey(own, secrets);
  if (slots.length > 0)
    throw otherSecret(
      secrets,
      slots.map(({ id }) => id),
    );
  await addKeySlot(admin, secrets, key ?? (await firstKey(admin, secrets)));
}

/** The refusal of a secret that a server with key slots does not know. */
export function otherSecret(secrets: Secrets, known: readonly string[]): StartError {
  const given = `the secret of this process has the fingerprint ${fingerprint(secrets)}`;
  return new StartError(
    `These databases belong to a secret with the fingerprint ${known.join(' or ')}, but ${given}: give it the right POLITY_SECRET, POLITY_SECRET_FILE or secrets.json.`,
  );
}

async function confine(admin: pg.Client): Promise<void> {
  const { rows: free } = await admin.query<{ name: string }>(
    `select quote_ident(rolname) as name from pg_roles where (rolname = $1 or rolname like $2) and (rolsuper or rolbypassrls)`,
    [APP, `${APP}\\_%`],
  );
  for (const { name } of free) await admin.query(`alter role ${name} nosuperuser nobypassrls`);
  const { rows } = await admin.query<{ owns: boolean }>(`select pg_has_role('${APP}', '${OWNER}', 'MEMBER') as owns`);
  if (rows[0]?.owns) {
    throw new StartError(
      `The database role ${APP} is a member of ${OWNER} and so escapes row level security. Run "REVOKE ${OWNER} FROM ${APP}", then start again.`,
    );
  }
}
