// Polity's gateway with every protection on, over signed HTTP as in the many-process shape; sessions and stamps in memory, one tenant.
import { tmpdir } from 'node:os';
import { systemClock } from '@polity/kernel/clock';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { localBus } from '@polity/kernel/events/local-bus';
import { diskFiles } from '@polity/kernel/files/disk';
import { guardedTransport } from '@polity/kernel/graph/guarded-transport';
import { httpTransport } from '@polity/kernel/graph/http-transport';
import type { Transport } from '@polity/kernel/graph/transport';
import { listen } from '@polity/kernel/http/listen';
import { memoryStore } from '@polity/kernel/kv/memory';
import { createLogger } from '@polity/kernel/log/logger';
import { openOutbound } from '@polity/kernel/process/open-outbound';
import { httpApp } from '../../../gateway/src/http.ts';
import { startGateway } from '../../../gateway/src/start-gateway.ts';

const [urls = '', port, supergraphPath = ''] = process.argv.slice(2);
const masterSecret = Buffer.alloc(32, 7).toString('base64url');
const log = createLogger({ service: 'gateway', level: 'info', stream: { write: () => undefined } });
const kv = memoryStore({ clock: systemClock });
const remote = guardedTransport(httpTransport(JSON.parse(urls), masterSecret), { log });
const tenant = { id: '0190a5f0-0000-7000-8000-000000000001', slug: 'demo', mfaRequired: false };

/** Tenants are asked of identity, which nobody measures here. */
const transport: Transport = {
  execute: (name, request, info) =>
    name === 'identity' ? Promise.resolve({ data: { _tenant: tenant } }) : remote.execute(name, request, info),
  close: () => remote.close(),
};

const gateway = await startGateway({
  platform: {
    log,
    kv,
    stamps: kv,
    files: diskFiles(tmpdir()),
    bus: localBus(),
    // Limits of what one operation costs, and of what one network may ask, are counted and never reached.
    env: { RATE_LIMIT: '1000000000', MAX_COST: '1000000' },
    masterSecret,
    publicUrl: 'http://localhost:4000',
    production: true,
    transport,
    outbound: openOutbound(readEnv(platformEnv, { NODE_ENV: 'production' }, 'gateway')),
  },
  defaultTenant: 'demo',
  supergraphPath,
});
const app = await httpApp({ ...gateway, ...gateway.settings, demoAccounts: false, routes: async () => {} });
await listen(app, '127.0.0.1', Number(port));
