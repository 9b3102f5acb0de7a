import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '@polity/kernel/db/orm';
import { AppError } from '@polity/kernel/graph/errors';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { isUuid } from '@polity/kernel/ids';
import type { Account, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Exchanged } from './token-exchange.ts';

/** The parts of the provider that know people. */
export interface AccountClaims {
  findAccount: NonNullable<Configuration['findAccount']>;
  extraTokenClaims: NonNullable<Configuration['extraTokenClaims']>;
}

interface Person {
  username: string;
  displayName: string;
  email: string | null;
  verifiedAt: Date | null;
  updatedAt: Date;
}

const PERSON = `select username, display_name as "displayName", email, verified_at as "verifiedAt", updated_at as "updatedAt"
  from oidc_person(?::uuid, ?::uuid)`;

/** The account with this id, if it is in use, and where a tenant is named an active member of it. */
async function activePerson(em: EntityManager, userId: string, tenantId: string | null): Promise<Person | null> {
  if (!isUuid(userId)) return null;
  const [row] = await rows<Person>(em, PERSON, [userId, tenantId]);
  return row ?? null;
}

/** Whether the person may use applications of the tenant at all: in use, and an active member. */
export async function mayUse(em: EntityManager, tenantId: string, userId: string): Promise<boolean> {
  return (await activePerson(em, userId, tenantId)) !== null;
}

const tenantOf = (ctx: KoaContextWithOIDC): string | null => {
  const tenantId = ctx.oidc?.client?.tenant_id;
  return typeof tenantId === 'string' ? tenantId : null;
};

function accountOf(accountId: string, person: Person): Account {
  return {
    accountId,
    claims: () => ({
      sub: accountId,
      name: person.displayName,
      preferred_username: person.username,
      updated_at: Math.floor(new Date(person.updatedAt).getTime() / 1000),
      email: person.email ?? undefined,
      email_verified: person.email ? person.verifiedAt !== null : undefined,
    }),
  };
}

interface RoleRows {
  _accessRows: { bindings: { roleId: string; scopeId: string }[]; roles: { id: string; key: string }[] };
}

/** Keys of the roles that the person has at the tenant itself; those below it are many and belong to the access set. */
async function tenantRoles({ services, log }: Runtime, tenantId: string, subjectId: string): Promise<string[]> {
  try {
    const query = 'query AccessRows($subjectId: ID!) { _accessRows(subjectId: $subjectId) }';
    const { _accessRows: found } = await services(tenantId).call<RoleRows>('access', query, { subjectId });
    const held = new Set(found.bindings.filter(({ scopeId }) => scopeId === tenantId).map(({ roleId }) => roleId));
    return [...new Set(found.roles.filter(({ id }) => held.has(id)).map(({ key }) => key))].sort();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The gateway decides by access sets of its own; a token that names no roles gives none.
    log.warn({ err: error }, 'a token was issued without roles');
    return [];
  }
}

/** People and their claims, as the provider asks for them. */
export function accountClaims(runtime: Runtime): AccountClaims {
  const em = runtime.em(null);
  return {
    async findAccount(ctx, sub) {
      const person = await activePerson(em, sub, tenantOf(ctx));
      if (!person) return undefined;
      return accountOf(sub, person);
    },
    async extraTokenClaims(ctx, token) {
      const tid = tenantOf(ctx);
      if (!('accountId' in token) || !token.accountId) return { tid };
      const { exchanged } = ctx.state as { exchanged?: Exchanged };
      if (exchanged) return { ...exchanged.from, tid, act: exchanged.act };
      const { AuthorizationCode, DeviceCode, RefreshToken } = ctx.oidc.entities;
      const source = AuthorizationCode ?? DeviceCode ?? RefreshToken;
      const { acr, amr, authTime } = (source ?? {}) as { acr?: string; amr?: string[]; authTime?: number };
      const forGateway = Boolean((token as { resourceServer?: unknown }).resourceServer);
      const roles = forGateway && tid ? { roles: await tenantRoles(runtime, tid, token.accountId) } : {};
      return { tid, acr, amr, auth_time: authTime, sid: token.sid ?? token.sessionUid, ...roles };
    },
  };
}
