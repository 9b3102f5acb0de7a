import { parseArgs } from 'node:util';
import { platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { migrate } from '@polity/kernel/db/migrate';
import { openOrm, tenantEm } from '@polity/kernel/db/orm';
import { runCommand } from '@polity/kernel/process/command';
import { openDatabases } from '@polity/kernel/process/platform';
import { orm } from '../orm.config.ts';
import { inviteOwner } from './domain/invitation/bootstrap.ts';
import { invitationUrl } from './mails/mails.ts';

// npm run invite -- --tenant acme [--name "Acme"] [--email ada@acme.example]: the first owner's invitation, for a fresh installation.

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function invite(): Promise<void> {
  const options = { tenant: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const env = readEnv(platformEnv, processEnv, 'invite');
  const slug = values.tenant ?? env.DEFAULT_TENANT;
  const databases = await openDatabases(env, ['identity'], { onProgress: say, beside: true });
  try {
    const urls = databases.urls.identity;
    if (!urls) throw new StartError('No database was prepared for identity.');
    await migrate(orm, urls.ownerUrl);
    const database = await openOrm(orm, urls.appUrl);
    const input = { slug, name: values.name ?? slug, email: values.email ?? null, now: new Date() };
    const token = await inviteOwner((tenantId) => tenantEm(database, tenantId, null), input).finally(() =>
      database.close(true),
    );
    say(`\nWhoever opens this link within 24 hours becomes owner of the tenant "${slug}":\n`);
    say(`  ${invitationUrl(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`, slug, token)}\n`);
  } finally {
    await databases.stop();
  }
}

runCommand('No invitation', invite);
