import { runCommand } from '@polity/kernel/process/command';
import { rotateSecrets } from './domain/mfa/totp.service.ts';
import { resealSigningKeys } from './domain/oidc-payload/signing-keys.ts';
import { resealProviders } from './domain/upstream/reseal.ts';
import { onDatabase, say } from './operator.ts';

// SECRET_KEY_IDS=k2,k1 node subgraphs/identity/src/rotate-secrets.ts: afterwards k1 can go from the list.

const rotate = () =>
  onDatabase('rotate-secrets', async (em, secrets, inTenant) => {
    const keys = (await resealSigningKeys(em, secrets)) + (await resealProviders(em, secrets, inTenant));
    say(`${keys + (await rotateSecrets(em, secrets))} secrets were sealed with the newest key.`);
  });

runCommand('Nothing was rotated', rotate);
