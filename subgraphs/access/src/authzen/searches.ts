import { permissionsAt, scopesWhere } from '@polity/kernel/access/list';
import type { z } from 'zod';
import { usersWho } from '../domain/check/who-can.ts';
import { Refused } from './caller.ts';
import { askedAt, type Question, setsOf } from './decisions.ts';
import {
  type actionSearch,
  isSubjectType,
  type Page,
  type resourceSearch,
  SCOPE_TYPES,
  type subjectSearch,
} from './messages.ts';

const [DEFAULT_SIZE, MAX_SIZE] = [100, 1_000];

interface Results<Found> {
  results: Found[];
  page: { next_token: string; count: number };
}

const encode = (key: string) => Buffer.from(key).toString('base64url');

function asked(page: Page): { after: string | null; size: number } {
  const size = Math.min(page?.limit ?? DEFAULT_SIZE, MAX_SIZE);
  if (!page?.token) return { after: null, size };
  const after = Buffer.from(page.token, 'base64url').toString('utf8');
  if (encode(after) !== page.token || !/^[\w.-]+$/.test(after))
    throw new Refused(400, 'page.token: is not a token of this search');
  return { after, size };
}

/** The rows of a page, of which one more than it holds was read. */
function results<Found>(rows: readonly Found[], size: number, keyOf: (row: Found) => string): Results<Found> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    results: shown,
    page: { next_token: rows.length > size && last ? encode(keyOf(last)) : '', count: shown.length },
  };
}

function afterKey<Row>(
  rows: readonly Row[],
  { after, size }: { after: string | null; size: number },
  keyOf: (row: Row) => string,
): Row[] {
  const sorted = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return sorted.filter((row) => after === null || keyOf(row) > after).slice(0, size + 1);
}

/** Users who may do this there, by id. */
export async function searchSubjects(
  question: Question,
  { subject, action, resource, page }: z.infer<typeof subjectSearch>,
) {
  const { after, size } = asked(page);
  const scope = askedAt(question, resource);
  if (!scope || subject.type !== 'user') return results([], size, String);
  const { runtime, caller } = question;
  const deciding = { em: runtime.em(caller.tenantId), tenantId: caller.tenantId, nowMs: runtime.clock.nowMs() };
  if (after !== null && !/^[0-9a-f-]{36}$/.test(after))
    throw new Refused(400, 'page.token: is not a token of this search');
  const users = await usersWho(deciding, { permission: action.name, scope }, { after, limit: size + 1 });
  const found = users.map(({ id }) => ({ type: 'user', id }));
  return results(found, size, ({ id }) => id);
}

/** Scopes of the given type at which the subject may do this, by id. */
export async function searchResources(
  question: Question,
  { subject, action, resource, page }: z.infer<typeof resourceSearch>,
) {
  const { after, size } = asked(page);
  question.caller.mustRead({ type: 'TENANT', id: question.caller.tenantId });
  const type = Object.hasOwn(SCOPE_TYPES, resource.type) ? SCOPE_TYPES[resource.type] : undefined;
  if (!type || !isSubjectType(subject.type)) return results([], size, String);
  const set = await setsOf(question)(subject);
  const { scopeIds } = scopesWhere(set, action.name, question.runtime.clock.nowMs());
  const ids = scopeIds.filter((id) => set.tree.refs[set.tree.indexes.get(id) ?? -1]?.type === type);
  const found = afterKey(ids, { after, size }, (id) => id).map((id) => ({ type: resource.type, id }));
  return results(found, size, ({ id }) => id);
}

/** Permissions that the subject holds at the resource, by code. */
export async function searchActions(question: Question, { subject, resource, page }: z.infer<typeof actionSearch>) {
  const { after, size } = asked(page);
  const scope = askedAt(question, resource);
  if (!scope || !isSubjectType(subject.type)) return results([], size, String);
  const codes = permissionsAt(await setsOf(question)(subject), scope, question.runtime.clock.nowMs());
  const found = afterKey(codes, { after, size }, (code) => code).map((name) => ({ name }));
  return results(found, size, ({ name }) => name);
}
