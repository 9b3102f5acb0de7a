/** A part of the installation that can fail. */
export type Part = 'gateway' | 'identity' | 'access' | 'portal' | 'store' | 'bus' | 'database';

/** Operations that need the same parts, and so fail together. */
export interface OperationClass {
  name: string;
  as: 'stranger' | 'member';
  query: string;
  variables?: () => Record<string, unknown>;
  /** Parts without which there is no whole answer. */
  needs: readonly Part[];
  /** Parts that it asks only where what it knows has grown old: it may fail without them, or not. */
  mayNeed?: readonly Part[];
}

export const operations: readonly OperationClass[] = [
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
];
