import { isUuid } from '@polity/kernel/ids';
import type { Acting } from '../../context.ts';
import { membersAt } from '../elector/electorate.ts';
import type { ImportFile } from './import.format.ts';

/** Addresses of one call: identity takes each as a list of one, which says whose answer is whose. */
const BATCH = 50;
const names = Array.from({ length: BATCH }, (_, index) => `e${index}`);
const BY_EMAIL = `query PeopleByEmail(${names.map((name) => `$${name}: [String!]!`).join(', ')}) {
  ${names.map((name) => `${name}: _usersByEmail(emails: $${name}) { id }`).join('\n  ')} }`;

/** Who is meant: the id of a member of the tenant, or why there is none. */
export type Matched = { id: string } | { problem: string };

async function idsByEmail({ services }: Acting, emails: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < emails.length; from += BATCH) {
    const batch = emails.slice(from, from + BATCH);
    const variables = Object.fromEntries(names.map((name, index) => [name, batch[index] ? [batch[index]] : []]));
    const answer = await services.call<Record<string, { id: string }[]>>('identity', BY_EMAIL, variables);
    for (const [index, email] of batch.entries()) {
      const [person] = answer[`e${index}`] ?? [];
      if (person) found.set(email, person.id);
    }
  }
  return found;
}

/** How deep in a file people are named: `polls`, a poll, its list, an entry of that. */
const DEEPEST = 4;

/** Every text of the file that may name a person by an address. */
function addressesIn(file: ImportFile): Set<string> {
  const found = new Set<string>();
  const named = new Set(['author', 'nominee', 'nominatedBy', 'person', 'voter']);
  const look = (value: unknown, name: string, depth: number): void => {
    if (typeof value === 'string' && named.has(name) && value.includes('@')) found.add(value.trim().toLowerCase());
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    for (const [key, each] of Object.entries(value)) look(each, Array.isArray(value) ? name : key, depth + 1);
  };
  for (const { email } of file.users ?? []) found.add(email.toLowerCase());
  look(file.polls, 'polls', 0);
  return found;
}

/** Finds people by their address, by their id, or by the id that they had in the old system, among the members of the tenant. */
export async function peopleOf(acting: Acting, file: ImportFile): Promise<(reference: string) => Matched> {
  const byEmail = await idsByEmail(acting, [...addressesIn(file)]);
  const byExternalId = new Map((file.users ?? []).map(({ id, email }) => [id, email.toLowerCase()]));
  const members = new Set(await membersAt(acting, { type: 'TENANT', id: acting.tenantId }, null));
  return (reference) => {
    const email = byExternalId.get(reference) ?? (reference.includes('@') ? reference.toLowerCase() : null);
    const id = email === null ? (isUuid(reference) ? reference.toLowerCase() : undefined) : byEmail.get(email);
    if (!id) return { problem: `${reference} is nobody with an account` };
    return members.has(id) ? { id } : { problem: `${reference} is no member of the tenant` };
  };
}
