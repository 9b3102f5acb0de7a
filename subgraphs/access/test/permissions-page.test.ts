import { readFileSync } from 'node:fs';
import { guardsIn } from '@polity/kernel/graph/guard';
import { parse } from 'graphql';
import { guardsPage } from '../src/guards-page.ts';
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

  it('shows every field that is guarded, but those for services', () => {
    const sdl = `type Query {
      prices: Int @guard(who: ANYONE, token: READ)
      price: Int @guard(who: PERSON, permission: "shop.price.set", scope: TEAM, at: "input.teamId")
      _all: Int @guard(who: SERVICE)
    }`;
    const page = guardsPage({ shop: guardsIn(parse(sdl)) });
    expect(page).toContain('| `Query.prices` | anyone |  |  | `shop.read` |');
    expect(page).toContain(
      '| `Query.price` | person | `shop.price.set` | `input.teamId`, a team | approved for the permission |',
    );
    expect(page).not.toContain('_all');
  });
});
