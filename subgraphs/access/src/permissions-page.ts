import type { AccessDeclaration, RoleTemplate } from '@polity/kernel/access/catalogue';

const INTRODUCTION = `# Permissions

Generated from \`src/access.ts\` and \`schema.graphql\` of every subgraph; do not edit. [access.md](access.md) explains how they are decided.

A code reads \`<subgraph>.<noun>.<verb>\`. It can be granted at the kinds of scope that are listed, and then holds there and everywhere below.
`;

interface Matrix {
  name: string;
  roles: RoleTemplate[];
}

function templates(declarations: Readonly<Record<string, AccessDeclaration>>): RoleTemplate[] {
  const merged = new Map<string, RoleTemplate>();
  for (const { roles } of Object.values(declarations)) {
    for (const role of roles) {
      const name = `${role.scopeType} ${role.key}`;
      const permissions = [...new Set([...(merged.get(name)?.permissions ?? []), ...role.permissions])];
      merged.set(name, { ...(merged.get(name) ?? role), permissions });
    }
  }
  return [...merged.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly string[][]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function catalogue(name: string, { permissions }: AccessDeclaration): string {
  const rows = permissions.map(({ code, description, scopeTypes }) => [
    `\`${code}\``,
    description,
    scopeTypes.join(', '),
  ]);
  return `## ${name}\n\n${table(['Code', 'Allows', 'Scopes'], rows)}\n`;
}

function matrix({ name, roles }: Matrix, codes: readonly string[]): string {
  const used = codes.filter((code) => roles.some(({ permissions }) => permissions.includes(code)));
  const head = ['', ...roles.map(({ key }) => `\`${key}\``)];
  const rows = used.map((code) => [
    `\`${code}\``,
    ...roles.map(({ permissions }) => (permissions.includes(code) ? 'yes' : '')),
  ]);
  return `### At a ${name.toLowerCase()}\n\n${table(head, rows)}\n`;
}

/** `docs/permissions.md`: the catalogue of all subgraphs, and which role template grants what. */
export function permissionsPage(declarations: Readonly<Record<string, AccessDeclaration>>): string {
  const named = Object.entries(declarations).filter(([, { permissions }]) => permissions.length > 0);
  const codes = named.flatMap(([, { permissions }]) => permissions.map(({ code }) => code));
  const roles = templates(declarations);
  const matrices = (['TENANT', 'COMMUNITY', 'TEAM'] as const)
    .map((name) => ({ name, roles: roles.filter((role) => role.scopeType === name) }))
    .filter((each) => each.roles.length > 0);
  return [
    INTRODUCTION,
    ...named.map(([name, declaration]) => catalogue(name, declaration)),
    '## Role templates\n',
    ...matrices.map((each) => matrix(each, codes)),
  ].join('\n');
}
