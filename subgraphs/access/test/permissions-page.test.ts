import { readFileSync } from 'node:fs';
import { permissionsPage } from '../src/permissions-page.ts';
import { shop } from './factories.ts';
import { currentPage, PAGE } from './write-permissions-page.ts';

describe('docs/permissions.md', () => {
  it('says what the subgraphs declare; else run `node subgraphs/access/test/write-permissions-page.ts`', async () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(await currentPage());
  });

  it('shows every code with its meaning, and each template once per kind of scope', () => {
    const page = permissionsPage({ shop, empty: { permissions: [], roles: [] } });
    expect(page).toContain('| `shop.price.set` | Set prices. | TENANT, COMMUNITY, TEAM |');
    expect(page).toContain('|  | `shop.buyer` | `shop.owner` |');
    expect(page).toContain('| `shop.order.cancel` |  | yes |');
    expect(page.match(/### At a/g)).toHaveLength(3);
    expect(page).not.toContain('## empty');
  });
});
