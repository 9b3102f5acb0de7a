import { rows } from '@polity/kernel/db/orm';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { addressBlock } from '@polity/kernel/request/address-block';
import { provesTwoFactors } from '@polity/kernel/request/second-factor';
import type { SignedIn } from '@polity/kernel/request/signed-in';
import type { Context } from '../context.ts';
import { record } from '../domain/audit/audit.service.ts';
import { keyOf, USER_CODE } from './adapter.ts';
import { mayUse } from './claims.ts';
import { type ClientRow, findClient } from './clients.ts';
import type { Need } from './needs.ts';
import { isGraphScope } from './scopes.ts';

/** Codes that a person may look up and answer per hour, and all people of one network: RFC 8628 section 5.1. */
const PERSON_PER_HOUR = 60;
const ADDRESS_PER_HOUR = 300;

/** Somebody at the gateway's page who types what a device shows them. */
export interface DeviceVisit {
  userCode: string;
  signedIn: SignedIn;
  address: string | null;
  device: string | null;
}

/** What the page shows before anything is allowed. */
export interface DeviceView {
  need: Extract<Need, 'MEMBERSHIP' | 'FACTOR' | 'CONSENT'>;
  application: string;
  /** Slug of the tenant of the application. */
  tenant: string;
  scopes: { scope: string; text: string }[];
  /** The code as the device shows it. */
  userCode: string;
}

const ANSWERS = ['ALLOW', 'REFUSE'] as const;
export type DeviceAnswer = (typeof ANSWERS)[number];

interface Asked {
  key: string;
  payload: { clientId: string; params: { scope?: string; resource?: string | string[] } };
}

// Codes are made at random, so two devices may show the same one; then neither is meant.
const FIND = `select key, payload from oidc_payload where uid = ? and model = 'DeviceCode' and expires_at > now()
  and payload->>'inFlight' is null limit 2`;
/** Of any number of simultaneous answers the first counts. */
const TAKE = `update oidc_payload set payload = payload || ?::jsonb where key = ? and expires_at > now()
  and payload->>'inFlight' is null returning key`;
const GIVE = 'update oidc_payload set payload = payload || ?::jsonb, account_id = ?::uuid, grant_id = ? where key = ?';
const TENANT = 'select slug, mfa_required as "wantsFactor" from tenant where id = ?::uuid';

/** Throws Forbidden for everybody but the gateway, which alone knows who is signed in. */
function assertGateway({ viewer }: Context): void {
  if (viewer.kind !== 'service' || viewer.id !== 'gateway') throw new Forbidden();
}

/** The code without what people add to read it. */
const plain = (userCode: string): string => userCode.toUpperCase().replaceAll(/[^A-Z]/g, '');
const shown = (userCode: string): string => `${plain(userCode).slice(0, 4)}-${plain(userCode).slice(4)}`;

interface Found {
  asked: Asked;
  client: ClientRow;
}

/** What was asked under this code. Each look counts, right or wrong, before it is made: nobody finds out codes of others by trying. */
async function find(ctx: Context, { userCode, signedIn, address }: DeviceVisit): Promise<Found | null> {
  await ctx.throttle.limit('device-code', signedIn.userId, PERSON_PER_HOUR);
  if (address) await ctx.throttle.limit('device-code-from', addressBlock(address), ADDRESS_PER_HOUR);
  const found = await rows<Asked>(ctx.em, FIND, [keyOf(USER_CODE, plain(userCode))]);
  const [asked] = found;
  if (!asked || found.length > 1) return null;
  const client = await findClient(ctx.em, asked.payload.clientId);
  return client?.status === 'APPROVED' && client.deviceFlow ? { asked, client } : null;
}

const wishesOf = ({ asked, client }: Found): string[] =>
  (asked.payload.params.scope ?? '').split(' ').filter((scope) => client.approvedScopes.includes(scope));

interface Place {
  slug: string;
  wantsFactor: boolean;
}

async function placeOf(ctx: Context, { tenantId }: ClientRow): Promise<Place> {
  const [place] = await rows<Place>(ctx.em, TENANT, [tenantId]);
  return place ?? { slug: '', wantsFactor: false };
}

async function needOf(
  ctx: Context,
  client: ClientRow,
  { wantsFactor }: Place,
  { userId, acr, amr }: SignedIn,
): Promise<DeviceView['need']> {
  if (!(await mayUse(ctx.em, client.tenantId, userId))) return 'MEMBERSHIP';
  return wantsFactor && !provesTwoFactors({ acr, amr, scopes: null }) ? 'FACTOR' : 'CONSENT';
}

/** What a device asks for that shows this code; null for one that nothing waits under. */
export async function viewDevice(ctx: Context, visit: DeviceVisit): Promise<DeviceView | null> {
  assertGateway(ctx);
  const found = await find(ctx, visit);
  if (!found) return null;
  const [catalogue, place] = await Promise.all([ctx.oidc.scopes(), placeOf(ctx, found.client)]);
  return {
    need: await needOf(ctx, found.client, place, visit.signedIn),
    application: found.client.name,
    tenant: place.slug,
    scopes: wishesOf(found).map((scope) => ({ scope, text: catalogue.get(scope) ?? scope })),
    userCode: shown(visit.userCode),
  };
}

async function recordConsent(ctx: Context, found: Found, { signedIn, address, device }: DeviceVisit): Promise<void> {
  const { id: applicationId, tenantId } = found.client;
  const { userId } = signedIn;
  const viewer = { ...ctx.viewer, kind: 'user', id: userId } as const;
  const writer = { ...ctx, viewer, request: { ...ctx.request, tenantId, address, device } };
  const data = { applicationId, scopes: wishesOf(found), onDevice: true };
  await write(writer, async (tx) => record(tx, writer, { type: 'consent_granted', userId, data }));
}

/** Gives the device what it asks for; its tokens rest on what is allowed here, and on no session. */
async function give(ctx: Context, found: Found, visit: DeviceVisit): Promise<void> {
  const { asked, client } = found;
  const { userId: accountId, acr, amr, authTime } = visit.signedIn;
  const provider = await ctx.oidc.provider();
  const wishes = wishesOf(found);
  const resources = [asked.payload.params.resource ?? []].flat();
  const grant = new provider.Grant({ accountId, clientId: client.id });
  if (wishes.length > 0) grant.addOIDCScope(wishes.join(' '));
  for (const resource of resources) grant.addResourceScope(resource, wishes.filter(isGraphScope).join(' '));
  const grantId = await grant.save();
  await recordConsent(ctx, found, visit);
  const resource = resources.length > 1 ? resources : resources[0];
  const given = { accountId, acr, amr, authTime, grantId, scope: wishes.join(' '), ...(resource && { resource }) };
  await rows(ctx.em, GIVE, [JSON.stringify(given), accountId, grantId, asked.key]);
}

const REFUSED = { error: 'access_denied', errorDescription: 'The person did not allow it' };

/** Answers what a device asks for; false for a code that nothing waits under. Throws InvalidInput where something else is needed first. */
export async function answerDevice(ctx: Context, visit: DeviceVisit, answer: DeviceAnswer): Promise<boolean> {
  assertGateway(ctx);
  const found = await find(ctx, visit);
  if (!found) return false;
  const { asked, client } = found;
  if (answer === 'ALLOW' && (await needOf(ctx, client, await placeOf(ctx, client), visit.signedIn)) !== 'CONSENT')
    throw new InvalidInput({ answer: 'is not what this device waits for' });
  const taken = { inFlight: true, ...(answer === 'REFUSE' && REFUSED) };
  const won = await rows(ctx.em, TAKE, [JSON.stringify(taken), asked.key]);
  if (won.length === 0) return false;
  if (answer === 'ALLOW') await give(ctx, found, visit);
  return true;
}

/** Reads what the gateway hands over. Throws InvalidInput. */
export function deviceVisitOf(value: unknown): DeviceVisit {
  const { userCode, signedIn, address = null, device = null } = (value ?? {}) as Partial<DeviceVisit>;
  if (typeof userCode !== 'string' || typeof signedIn?.userId !== 'string')
    throw new InvalidInput({ visit: 'is incomplete' });
  return { userCode: userCode.slice(0, 50), signedIn, address, device };
}

/** Reads an answer. Throws InvalidInput. */
export function deviceAnswerOf(value: string): DeviceAnswer {
  const answer = ANSWERS.find((each) => each === value);
  if (!answer) throw new InvalidInput({ answer: `must be one of ${ANSWERS.join(', ')}` });
  return answer;
}
