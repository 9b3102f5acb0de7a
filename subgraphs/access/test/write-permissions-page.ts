import { writeFileSync } from 'node:fs';
import { guardsIn } from '@polity/kernel/graph/guard';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { registry } from '../../registry.ts';
import { guardsPage } from '../src/guards-page.ts';
import { permissionsPage } from '../src/permissions-page.ts';

/** Where the page lies. */
export const PAGE = new URL('../../../docs/permissions.md', import.meta.url);
const GATEWAY = new URL('../../../gateway/schema.graphql', import.meta.url);

/** What the page must say, from the declarations and contracts of all subgraphs in the order of the registry. */
export async function currentPage(): Promise<string> {
  const loaded = await Promise.all(registry.map(async ({ name, load }) => [name, await load()] as const));
  const declarations = Object.fromEntries(loaded.map(([name, { access }]) => [name, access]));
  const guards = Object.fromEntries(loaded.map(([name, { typeDefs }]) => [name, guardsIn(typeDefs)]));
  const all = { ...guards, gateway: guardsIn(loadTypeDefs(GATEWAY)) };
  return `${permissionsPage(declarations)}\n${guardsPage(all)}`;
}

// `node subgraphs/access/test/write-permissions-page.ts` writes it; the test beside this file fails while it is out of date.
if (process.argv[1]?.endsWith('write-permissions-page.ts')) writeFileSync(PAGE, await currentPage());
