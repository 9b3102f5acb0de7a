import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Clock } from '@polity/kernel/clock';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { internalRequest } from '@polity/kernel/request/acting';
import { anonymous, type RequestInfo, type Viewer } from '@polity/kernel/request/context';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import { mayUse } from '../../oidc/claims.ts';
import { findClient } from '../../oidc/clients.ts';
import type { Ports } from '../../ports.ts';
import { changeDetails, insertNew, type RegisterInput, readNew } from '../application/application.changes.ts';
import { Application, ApplicationSecret } from '../application/application.entity.ts';
import { tellOfWaiting } from '../application/application.notices.ts';
import { issueSecret, secretEnd } from '../application/application-secret.service.ts';
import { record } from '../audit/audit.service.ts';
import { endForClient } from '../oidc-payload/oidc-payload.service.ts';
import { hashOf } from '../token/token.service.ts';
import { findLive, useOnce } from './registration-token.service.ts';

/** What programs register with: there is no viewer, only whoever holds a token. */
export interface RegistrationParts {
  runtime: Runtime;
  ports: Ports;
}

interface Act {
  em: EntityManager;
  clock: Clock;
  request: RequestInfo;
  viewer: Viewer;
  forget(): void;
}

function actIn({ runtime }: RegistrationParts, tenantId: string, address: string): Act {
  const request = { ...internalRequest(tenantId), address };
  return { em: runtime.em(tenantId), clock: runtime.clock, request, viewer: anonymous, forget: () => undefined };
}

/** An application with what only its program knows. */
export interface ManagedApplication {
  application: Application;
  /** Token with which the program reads, changes and deletes its registration. */
  managementToken: string;
}

export interface NewlyRegistered extends ManagedApplication {
  /** Shown once; null where it keeps none. */
  secret: string | null;
  secretEnds: Date;
}

/**
 * Registers an application with an initial access token; it waits for an approval like any other. Null for a token that is not good, or whose maker is
 * no member any more. Throws InvalidInput, and then the token was not used.
 */
export async function registerByToken(
  parts: RegistrationParts,
  { token, address, input }: { token: string; address: string; input(): RegisterInput },
): Promise<NewlyRegistered | null> {
  const { runtime, ports } = parts;
  const open = runtime.em(null);
  const registrar = await findLive(open, token, runtime.clock.now());
  if (!registrar || !(await mayUse(open, registrar.tenantId, registrar.createdBy))) return null;
  const given = readNew(input(), await ports.oidc.scopes());
  const act = actIn(parts, registrar.tenantId, address);
  const managementToken = `polity_rm_${randomBytes(32).toString('base64url')}`;
  return write(act, async (tx) => {
    if (!(await useOnce(tx, token, act.clock.now()))) return null;
    const application = insertNew(tx, act, given, registrar);
    application.registrationHash = hashOf(managementToken);
    const data = { applicationId: application.id, registrationTokenId: registrar.id };
    record(tx, act, { type: 'application_registered', userId: registrar.createdBy, data });
    await tellOfWaiting(tx, act, application);
    await tx.flush();
    const secret = given.confidential ? issueSecret(tx, act, application) : null;
    return { application, managementToken, secret, secretEnds: secretEnd(act) };
  });
}

interface Management {
  clientId: string;
  token: string;
  address: string;
}

function isManaged({ registrationHash }: Application, token: string): boolean {
  const [kept, given] = [Buffer.from(registrationHash ?? ''), Buffer.from(hashOf(token))];
  return kept.length === given.length && timingSafeEqual(kept, given);
}

/** Acts on the application whose program holds this token; null for any other, and for one that is not there. */
async function manage<Result>(
  parts: RegistrationParts,
  { clientId, token, address }: Management,
  work: (tx: EntityManager, application: Application, act: Act) => Promise<Result>,
): Promise<Result | null> {
  const client = await findClient(parts.runtime.em(null), clientId);
  if (!client) return null;
  const { id, tenantId } = client;
  const act = actIn(parts, tenantId, address);
  return write(act, async (tx) => {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const application = await tx.findOne(Application, { tenantId, id }, lock);
    return application && isManaged(application, token) ? work(tx, application, act) : null;
  });
}

/** The registration as it is. */
export const readByToken = (parts: RegistrationParts, by: Management): Promise<ManagedApplication | null> =>
  manage(parts, by, async (_tx, application) => ({ application, managementToken: by.token }));

const OF_BIRTH = ['confidential', 'clientCredentials'] as const;

/**
 * Replaces what was registered; what administrators approved waits for them again where it is another. Throws InvalidInput, also for what an application
 * is for ever: whether it keeps a secret and acts for itself. Throws Forbidden for one that was stopped.
 */
export async function updateByToken(
  parts: RegistrationParts,
  by: Management,
  input: () => RegisterInput,
): Promise<ManagedApplication | null> {
  const known = await parts.ports.oidc.scopes();
  return manage(parts, by, async (tx, application, act) => {
    const given = readNew(input(), known);
    const other = OF_BIRTH.filter((name) => given[name] !== application[name]);
    if (other.length > 0)
      throw new InvalidInput(Object.fromEntries(other.map((name) => [name, 'cannot be changed: register anew'])));
    if (application.status === 'DISABLED') throw new Forbidden('This application was stopped.');
    const isOther = changeDetails(application, given.details, { at: act.clock.now(), decides: false });
    if (isOther) await tellOfWaiting(tx, act, application);
    const data = { applicationId: application.id, byItself: true };
    record(tx, act, { type: 'application_updated', userId: application.createdBy, data });
    return { application, managementToken: by.token };
  });
}

/** Deletes the application with its secrets and all that it holds; null where the token is not its own. */
export async function deleteByToken(parts: RegistrationParts, by: Management): Promise<true | null> {
  const deleted = await manage(parts, by, async (tx, application, act) => {
    const { id, tenantId, name, createdBy } = application;
    await endForClient(tx, id);
    await tx.nativeDelete(ApplicationSecret, { tenantId, applicationId: id });
    await tx.nativeDelete(Application, { tenantId, id });
    const data = { applicationId: id, name, byItself: true };
    record(tx, act, { type: 'application_deleted', userId: createdBy, data });
    return true as const;
  });
  if (deleted) await tokenEpoch(parts.runtime.stamps, parts.runtime.clock).advance();
  return deleted;
}
