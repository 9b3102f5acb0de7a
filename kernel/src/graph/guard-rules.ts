import { type DocumentNode, Kind } from 'graphql';
import { guardsIn, isRootType, type Who } from './guard.ts';
import { administrator, anyone, freshPerson, person, service, signedIn } from './rules.ts';
import type { ShieldRule } from './shield.ts';

// What only the gateway knows, the session and what an access token is approved for, it has asked before; the permission is asked by the
// verb, with the thing at hand.
const RULES: Readonly<Record<Who, ShieldRule>> = {
  ANYONE: anyone,
  SIGNED_IN: signedIn,
  PERSON: person,
  SESSION: person,
  FRESH_SESSION: freshPerson,
  SYSTEM_ADMIN: administrator,
  SERVICE: service,
};

/** Rules by type and field; `'*'` is a type's own. */
export type GuardRules = Record<string, Record<string, ShieldRule>>;

/**
 * The rules of a subgraph's schema. Types without a guard are reached through guarded fields only, and open then. Throws UnreadableGuard.
 */
export function guardRules(typeDefs: DocumentNode): GuardRules {
  const table: GuardRules = {};
  for (const node of typeDefs.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    table[node.name.value] = isRootType(node.name.value) ? {} : { '*': anyone };
  }
  for (const { type, field, guard } of guardsIn(typeDefs)) {
    table[type] = { ...table[type], [field ?? '*']: RULES[guard.who] };
  }
  return table;
}
