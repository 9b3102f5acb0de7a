import { writeFileSync } from 'node:fs';
import { registry } from '../../registry.ts';
import { permissionsPage } from '../src/permissions-page.ts';

/** Where the page lies. */
export const PAGE = new URL('../../../docs/permissions.md', import.meta.url);

/** What the page must say, from the declarations of all subgraphs in the order of the registry. */
export async function currentPage(): Promise<string> {
  const loaded = await Promise.all(registry.map(async ({ name, load }) => [name, (await load()).access] as const));
  return permissionsPage(Object.fromEntries(loaded));
}

// `node subgraphs/access/test/write-permissions-page.ts` writes it; the test beside this file fails while it is out of date.
if (process.argv[1]?.endsWith('write-permissions-page.ts')) writeFileSync(PAGE, await currentPage());
