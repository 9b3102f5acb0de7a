import type { DeclaredGuard, Guarded, Who } from '@polity/kernel/graph/guard';

const WHO: Readonly<Record<Who, string>> = {
  ANYONE: 'anyone',
  SIGNED_IN: 'signed in',
  PERSON: 'person',
  SESSION: 'own session',
  FRESH_SESSION: 'fresh session',
  SYSTEM_ADMIN: 'system administrator',
  SERVICE: 'service',
};

function where({ permission, scope, at }: DeclaredGuard): string {
  if (!permission) return '';
  if (at) return `\`${at.join('.')}\`${scope ? `, a ${scope.toLowerCase()}` : ''}`;
  return scope ? 'the tenant of the request' : 'decided by the subgraph';
}

function tokens({ who, permission, token }: DeclaredGuard, subgraph: string): string {
  if (permission) return 'approved for the permission';
  if (token) return token === 'READ' ? `\`${subgraph}.read\`` : `any of \`${subgraph}\``;
  return who === 'ANYONE' || who === 'SIGNED_IN' || who === 'PERSON' ? 'all' : 'none';
}

function row(subgraph: string, { type, field, guard }: Guarded): string {
  const code = guard.permission ? `\`${guard.permission}\`` : '';
  const cells = [`\`${type}.${field}\``, WHO[guard.who], code, where(guard), tokens(guard, subgraph)];
  return `| ${cells.join(' | ')} |`;
}

const INTRODUCTION = `## Who may ask

From the \`@guard\` lines of every \`schema.graphql\`, field by field. A permission is needed where the column says: at the scope that an argument names, or as
the subgraph decides with the thing at hand, which has its own scope and may be the viewer's own. *Own session* and *fresh session* are for people themselves: no access token, nobody who acts
for another; a fresh one is proved in the last 15 minutes. What is not in the table is reached through fields that are.
`;

/** Every guarded field of the public graph, by subgraph. */
export function guardsPage(subgraphs: Readonly<Record<string, readonly Guarded[]>>): string {
  const tables = Object.entries(subgraphs).map(([name, guards]) => {
    const rows = guards.filter(({ field, guard }) => field !== null && guard.who !== 'SERVICE');
    const head = ['| Field | Who | Permission | Where | Access tokens |', '| --- | --- | --- | --- | --- |'];
    return [`### Fields of ${name}`, '', ...head, ...rows.map((each) => row(name, each)), ''].join('\n');
  });
  return [INTRODUCTION, ...tables].join('\n');
}
