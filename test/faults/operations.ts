import { readFileSync } from 'node:fs';
import { type FieldDefinitionNode, Kind, parse, print } from 'graphql';
import { registry } from '../../subgraphs/registry.ts';

/** A part of the installation that can fail: a subgraph by its name, or one of these. */
export type Part = 'gateway' | 'store' | 'bus' | 'database' | (string & {});

/** Operations that need the same parts, and so fail together. */
export interface OperationClass {
  name: string;
  as: 'stranger' | 'member' | 'administrator';
  query: string;
  variables?: () => Record<string, unknown>;
  /** Parts without which there is no whole answer. */
  needs: readonly Part[];
  /** Parts that it asks only where what it knows has grown old: it may fail without them, or not. */
  mayNeed?: readonly Part[];
}

const named: readonly OperationClass[] = [
  { name: 'the graph itself', as: 'stranger', query: '{ graphVersion }', needs: ['gateway'] },
  {
    name: 'a stranger reads identity',
    as: 'stranger',
    query: '{ tenant { slug name } }',
    needs: ['gateway', 'identity', 'database'],
  },
  {
    name: 'a stranger reads portal',
    as: 'stranger',
    query: '{ communities(first: 2) { edges { node { slug name } } } }',
    needs: ['gateway', 'portal', 'database'],
  },
  {
    name: 'a member reads portal',
    as: 'member',
    query: '{ communities(first: 2) { edges { node { slug viewerMembership { status } } } } }',
    needs: ['gateway', 'portal', 'store', 'database'],
    mayNeed: ['access'],
  },
  {
    name: 'a member asks for their rights',
    as: 'member',
    query:
      '{ can(permission: "portal.post.create", scope: { type: COMMUNITY, id: "00000000-0000-7000-8000-000000000000" }) { allowed } }',
    needs: ['gateway', 'access', 'store'],
    mayNeed: ['database', 'identity'],
  },
  {
    name: 'a member reads their account',
    as: 'member',
    query: '{ me { email } }',
    needs: ['gateway', 'identity', 'store', 'database'],
    mayNeed: ['access'],
  },
  {
    name: 'a member finds people',
    as: 'member',
    query: '{ searchUsers(query: "bob", first: 2) { edges { cursor } } }',
    needs: ['gateway', 'profiles', 'store', 'database'],
    mayNeed: ['access', 'identity'],
  },
  {
    name: 'an administrator reads operations',
    as: 'administrator',
    query: '{ persistedOperations(first: 2) { edges { cursor } } }',
    needs: ['gateway', 'operations', 'store', 'database'],
    mayNeed: ['access'],
  },
];

const isOpenList = ({ type, arguments: given = [], directives = [] }: FieldDefinitionNode) =>
  print(type).endsWith('Connection') &&
  !given.some((each) => each.type.kind === Kind.NON_NULL_TYPE && !each.defaultValue) &&
  directives.some((directive) => print(directive).includes('who: ANYONE'));

/** The first list of a subgraph that anybody may read. */
function openListOf(name: string): string {
  const contract = readFileSync(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8');
  for (const definition of parse(contract).definitions) {
    if (!('name' in definition) || definition.name?.value !== 'Query' || !('fields' in definition)) continue;
    const list = (definition.fields as readonly FieldDefinitionNode[]).find(isOpenList);
    if (list) return list.name.value;
  }
  throw new Error(`${name} has no list that anybody may read: give it a class of operations of its own.`);
}

const reads = (name: string): OperationClass => ({
  name: `a stranger reads ${name}`,
  as: 'stranger',
  query: `{ ${openListOf(name)}(first: 2) { edges { cursor } } }`,
  needs: ['gateway', name, 'database'],
  mayNeed: ['access'],
});

/** Every subgraph is needed by some, so that no fault of one goes unfelt. */
export const operations: readonly OperationClass[] = [
  ...named,
  ...registry.filter(({ name }) => !named.some(({ needs }) => needs.includes(name))).map(({ name }) => reads(name)),
];
