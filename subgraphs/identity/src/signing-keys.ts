import { parseArgs } from 'node:util';
import { StartError } from '@polity/kernel/config/start-error';
import { runCommand } from '@polity/kernel/process/command';
import { listSigningKeys, type Rotation, rotateSigningKeys } from './domain/oidc-payload/signing-keys.ts';
import { onDatabase, say } from './operator.ts';

// npm run signing-keys -- show             keys that are published, and what each is there for
// npm run signing-keys -- rotate           new keys, published now, that sign in a day
// npm run signing-keys -- rotate --now     the same in two minutes; what the former ones signed stays good
// npm run signing-keys -- withdraw         for a key that leaked: new ones sign at once, and what any former one signed is refused

const USAGE = 'usage: npm run signing-keys -- show | rotate [--now] | withdraw';

/** What is to be done, or null for only looking. Throws StartError for what cannot be meant. */
function asked(): Rotation | null {
  const { values, positionals } = parseArgs({ options: { now: { type: 'boolean' } }, allowPositionals: true });
  const [act = '', ...more] = positionals;
  const known = more.length === 0 && ['show', 'rotate', 'withdraw'].includes(act) && (act === 'rotate' || !values.now);
  if (!known) throw new StartError(USAGE);
  if (act === 'show') return null;
  if (act === 'withdraw') return 'WITHDRAWING';
  return values.now ? 'SOON' : 'STAGED';
}

async function run(): Promise<void> {
  const rotation = asked();
  await onDatabase('signing-keys', async (em, secrets) => {
    const now = new Date();
    if (rotation) await rotateSigningKeys(em, secrets, now, rotation);
    for (const { kid, algorithm, state, from } of await listSigningKeys(em, now))
      say(`${kid}  ${algorithm}  ${state} from ${from.toISOString()}`);
    if (rotation) say('Running processes have read this within a minute.');
  });
}

runCommand('Signing keys', run);
