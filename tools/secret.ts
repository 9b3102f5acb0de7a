// npm run secret -- show     fingerprints of the secrets that open this installation, and who still uses them
// npm run secret -- rotate   adds a new secret; the former goes on to hold until it is retired
// npm run secret -- retire   drops every secret but the one of this environment
import { parseArgs } from 'node:util';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { fingerprint, newSecrets, replaceSecrets } from '@polity/kernel/config/secrets';
import { StartError } from '@polity/kernel/config/start-error';
import { addKeySlot, dropKeySlot, keySlots, usersOfSlot } from '@polity/kernel/db/key-slots';
import { provisioning } from '@polity/kernel/db/provision';
import { runCommand } from '@polity/kernel/process/command';
import { type Databases, openDatabases } from '@polity/kernel/process/platform';
import { secretSource } from '@polity/kernel/process/secret';

const USAGE = 'usage: npm run secret -- show | rotate | retire';
const say = (line: string): void => console.log(line);
const env = readEnv(platformEnv, process.env, 'settings');

async function show({ adminUrl, secrets }: Databases): Promise<void> {
  await provisioning(adminUrl, async (admin) => {
    for (const { id } of await keySlots(admin)) {
      const mine = id === fingerprint(secrets) ? ', the one of this environment' : '';
      say(`${id}: ${await usersOfSlot(admin, id)} connections${mine}`);
    }
  });
}

async function rotate({ adminUrl, key }: Databases): Promise<void> {
  const next = newSecrets();
  await provisioning(adminUrl, async (admin) => {
    await admin.query('begin');
    await addKeySlot(admin, next, key);
    await admin.query('commit');
  });
  say(`The secret with the fingerprint ${fingerprint(next)} holds beside the former one from now on.`);
  if (secretSource(env) === 'secrets.json') {
    say(
      `It is in ${await replaceSecrets(env.DATA_DIR, next)}. Start the processes again, then run "npm run secret -- retire".`,
    );
    return;
  }
  say(
    `Give it to every process as ${secretSource(env)}, start them again, then run "npm run secret -- retire" with it:\n`,
  );
  say(next.master);
}

async function retire({ adminUrl, secrets }: Databases): Promise<void> {
  await provisioning(adminUrl, async (admin) => {
    const former = (await keySlots(admin)).filter(({ id }) => id !== fingerprint(secrets));
    for (const { id } of former) {
      const users = await usersOfSlot(admin, id);
      if (users > 0) {
        throw new StartError(
          `The secret with the fingerprint ${id} still has ${users} connections. Start its processes again with the new one first.`,
        );
      }
    }
    await admin.query('begin');
    for (const { id } of former) await dropKeySlot(admin, id);
    await admin.query('commit');
    say(former.length === 0 ? 'There is no former secret.' : `Retired: ${former.map(({ id }) => id).join(', ')}.`);
  });
}

runCommand('secret', async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const work = { show, rotate, retire }[positionals.join(' ')];
  if (!work) throw new StartError(USAGE);
  const databases = await openDatabases(env, [], { onProgress: say, beside: true });
  await work(databases).finally(() => databases.stop());
});
