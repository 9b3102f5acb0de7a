import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { deriveKey, fingerprint, type Secrets } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { open, seal } from '../crypto/envelope.ts';
import { isVerifierOf, scramVerifier } from './scram.ts';

// A key slot of the server: the installation's key, sealed with one secret, beside the two logins of that secret. It is the comment of
// the login `polity_app_<fingerprint>`, so it is made and dropped with the login in one transaction, and every service can read it in
// the one database that it may reach. Several slots hold during a rotation; nothing that is derived from the key changes with a secret.

/** A slot and the sealed key in it. */
export interface KeySlot {
  /** Fingerprint of the secret that opens it. */
  id: string;
  envelope: string;
}

/** Roles that have a login for each secret. */
const ROLES = ['polity_owner', 'polity_app'] as const;
type Role = (typeof ROLES)[number];

const KEY = /^[A-Za-z0-9_-]{43}$/;
const LOGIN = /^polity_app_([0-9a-f]{16})$/;

/** The login that acts as `role` for processes with this secret, and its password. */
export function login(secrets: Secrets, role: Role): { user: string; password: string } {
  const password = deriveKey(secrets.master, `database-role:${role}`).toString('base64url');
  return { user: `${role}_${fingerprint(secrets)}`, password };
}

/** The slots of a server, by its shared comments, which every login may read. */
export async function keySlots(client: pg.Client): Promise<KeySlot[]> {
  const { rows } = await client.query<{ name: string; envelope: string | null }>(
    `select rolname as name, shobj_description(oid, 'pg_authid') as envelope from pg_roles where rolname like 'polity\\_app\\_%' order by 1`,
  );
  return rows.flatMap(({ name, envelope }) => {
    const [, id] = LOGIN.exec(name) ?? [];
    return id && envelope ? [{ id, envelope }] : [];
  });
}

/** The installation's key out of a slot. Throws StartError where the secret does not open it. */
export function heldKey({ id, envelope }: KeySlot, secrets: Secrets): string {
  try {
    return open([sealingKey(secrets)], envelope, `key-slot:${id}`);
  } catch (cause) {
    throw new StartError(`The key slot ${id} of the database server is damaged. Restore a backup.`, { cause });
  }
}

/** The installation's key, read as any service may. Throws StartError where this secret has no slot. */
export async function installationKey(client: pg.Client, secrets: Secrets): Promise<string> {
  const slot = (await keySlots(client)).find(({ id }) => id === fingerprint(secrets));
  if (!slot) throw new StartError(`There is no key for the secret with the fingerprint ${fingerprint(secrets)}.`);
  return heldKey(slot, secrets);
}

/** The key for the first slot: a new one, or on a server of before there were slots the secret itself, whose passwords it must then know. */
export async function firstKey(admin: pg.Client, secrets: Secrets): Promise<string> {
  const { rows } = await admin.query<{ readable: boolean; former: boolean }>(
    `select has_table_privilege('pg_authid', 'select') as readable,
       exists (select from pg_roles where rolname = 'polity_app' and rolcanlogin) as former`,
  );
  if (!rows[0]?.former) return randomBytes(32).toString('base64url');
  if (!rows[0].readable) {
    throw new StartError(
      'These databases are of an earlier release: start once as a superuser of the server, who can check the secret.',
    );
  }
  const kept = await admin.query<{ verifier: string }>(
    `select rolpassword as verifier from pg_authid where rolname = 'polity_app'`,
  );
  if (!isVerifierOf(kept.rows[0]?.verifier ?? '', login(secrets, 'polity_app').password)) {
    throw new StartError(
      'These databases were made with another secret: give this process the right POLITY_SECRET, POLITY_SECRET_FILE or secrets.json.',
    );
  }
  return secrets.master;
}

/** Makes the logins of a secret and seals the key with it; the caller's transaction makes all of it one step. */
export async function addKeySlot(admin: pg.Client, secrets: Secrets, key: string): Promise<void> {
  if (!KEY.test(key)) throw new TypeError('The key of an installation is 32 bytes as base64url.');
  for (const role of ROLES) {
    const { user, password } = login(secrets, role);
    await admin.query(`create role ${user} login password '${scramVerifier(password)}' in role ${role}`);
    // Sessions begin as the role itself, so that owners and policies name one role whatever the secret.
    await admin.query(`alter role ${user} set role = '${role}'`);
  }
  const id = fingerprint(secrets);
  const envelope = seal(sealingKey(secrets), key, `key-slot:${id}`);
  await admin.query(`comment on role polity_app_${id} is '${envelope}'`);
}

/** Connections that are open with the logins of a slot. */
export async function usersOfSlot(admin: pg.Client, id: string): Promise<number> {
  const { rows } = await admin.query<{ users: number }>(
    `select count(*)::int as users from pg_stat_activity where usename = any($1)`,
    [ROLES.map((role) => `${role}_${id}`)],
  );
  return rows[0]?.users ?? 0;
}

/** Drops a slot and its logins; afterwards its secret opens nothing. */
export async function dropKeySlot(admin: pg.Client, id: string): Promise<void> {
  if (!/^[0-9a-f]{16}$/.test(id)) throw new TypeError('A slot is named by 16 hexadecimal digits.');
  for (const role of ROLES) await admin.query(`drop role ${role}_${id}`);
}

const sealingKey = (secrets: Secrets) => ({ id: fingerprint(secrets), key: deriveKey(secrets.master, 'key-slot') });
