import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'oidc-provider';
import { oidcOf } from '../src/oidc/oidc.ts';
import { anApplication, type OidcWorld, startOidc } from './oidc-harness.ts';

/** A method that the library's types leave out. */
type LogoutTarget = Client & { backchannelLogout(accountId: string, sid: string): Promise<void> };

const told: string[] = [];
let listener: Server;
let base: string;
const printed: string[] = [];
const { warn } = console;
beforeAll(async () => {
  console.warn = (line: string) => void printed.push(line);
  listener = createServer((request, response) => {
    told.push(`${request.method} ${request.url}`);
    if (request.url === '/away') response.writeHead(307, { location: '/logout' }).end();
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});
afterAll(() => {
  console.warn = warn;
  listener.closeAllConnections();
  listener.close();
});
beforeEach(() => {
  told.length = 0;
});

async function tell(world: OidcWorld, backchannelLogoutUri: string): Promise<void> {
  const { id } = await anApplication(world, { backchannelLogoutUri });
  const provider = await oidcOf(world.subgraph('identity').runtime).provider();
  const application = (await provider.Client.find(id)) as LogoutTarget;
  await application.backchannelLogout(world.person.id, 'sid');
}

describe('what the OpenID Connect provider sends out', () => {
  describe('in production', () => {
    let world: OidcWorld;
    beforeAll(async () => {
      world = await startOidc({ env: { NODE_ENV: 'production' } });
    });
    afterAll(() => world?.close());

    it.each(['/logout', '/away'])('does not reach the own network: %s', async (path) => {
      await expect(tell(world, `${base}${path}`)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
      await expect(tell(world, `${base.replace('127.0.0.1', 'localhost')}${path}`)).rejects.toMatchObject({
        code: expect.stringMatching(/REFUSED|UNREACHABLE/),
      });
      expect(told).toEqual([]);
    });
  });

  describe('where the operator allows a server', () => {
    let world: OidcWorld;
    beforeAll(async () => {
      world = await startOidc({ env: { NODE_ENV: 'production', OUTBOUND_ALLOW: '127.0.0.1' } });
    });
    afterAll(() => world?.close());

    it('reaches it', async () => {
      await tell(world, `${base}/logout`);
      expect(told).toEqual(['POST /logout']);
    });

    it('follows no redirect', async () => {
      await expect(tell(world, `${base}/away`)).rejects.toThrow('307');
      expect(told).toEqual(['POST /away']);
    });
  });

  it('goes through a client whose protection the provider does not miss', () => {
    expect(printed.filter((line) => line.includes('SSRF'))).toEqual([]);
  });
});
