import type { EntityManager } from '@mikro-orm/postgresql';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import type { ScopeCatalogue } from '../../oidc/scopes.ts';
import { Application, type ApplicationDetails } from './application.entity.ts';
import { type ApplicationInput, assertFitsKind, readApplication } from './application.input.ts';

export interface RegisterInput extends ApplicationInput {
  name: string;
  redirectUris: readonly string[];
  scopes: readonly string[];
  confidential?: boolean | null | undefined;
  clientCredentials?: boolean | null | undefined;
}

/** A new application as somebody described it. */
interface NewApplication {
  confidential: boolean;
  clientCredentials: boolean;
  details: Partial<ApplicationDetails>;
}

/** Reads what is said of a new application, whoever says it. Throws InvalidInput that names each wrong field. */
export function readNew(input: RegisterInput, known: ScopeCatalogue): NewApplication {
  const confidential = input.confidential ?? true;
  const clientCredentials = confidential && (input.clientCredentials ?? true);
  const details = readApplication(input, known);
  assertFitsKind(confidential, details, input.clientCredentials);
  if (input.redirectUris.length === 0 && !clientCredentials && !input.tokenExchange && !input.deviceFlow)
    throw new InvalidInput({ redirectUris: 'must name at least one address' });
  return { confidential, clientCredentials, details };
}

interface Owner {
  tenantId: string;
  createdBy: string;
}

/** The application as it begins: it waits, and can do nothing. */
export function insertNew(
  tx: EntityManager,
  { clock }: Pick<Context, 'clock'>,
  { confidential, clientCredentials, details }: NewApplication,
  { tenantId, createdBy }: Owner,
): Application {
  const now = clock.now();
  return tx.create(Application, {
    ...{
      name: '',
      redirectUris: [],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      requestedScopes: [],
      requirePkce: !confidential,
      claimsInIdToken: false,
      tokenExchange: false,
      deviceFlow: false,
      idTokenAlgorithm: 'RS256',
      ...details,
    },
    ...{ id: uuidv7(), createdAt: now, updatedAt: now, tenantId, confidential, clientCredentials, createdBy },
    ...{ approvedScopes: [], status: 'PENDING', rejectionReason: null, decidedBy: null, decidedAt: null },
    registrationHash: null,
  });
}

/** All that an approval is about but scopes: those that were approved go on while more are waited for. */
function looksOf(application: Application): string {
  const { name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, tokenExchange, deviceFlow } = application;
  return JSON.stringify([
    name,
    redirectUris,
    postLogoutRedirectUris,
    backchannelLogoutUri ?? null,
    tokenExchange,
    deviceFlow,
  ]);
}

/**
 * Changes an application, and says whether what an approval is about is another now. What administrators looked at is looked at again, unless
 * one of them makes the change.
 */
export function changeDetails(
  application: Application,
  details: Partial<ApplicationDetails>,
  { at, decides }: { at: Date; decides: boolean },
): boolean {
  const [version, looks] = [application.version, looksOf(application)];
  application.change(details, at);
  const isOther = application.version !== version;
  if (looksOf(application) !== looks && application.status === 'APPROVED' && !decides) application.askAgain();
  if (isOther && application.status === 'REJECTED') application.askAgain();
  return isOther;
}
