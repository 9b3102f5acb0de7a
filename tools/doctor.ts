// npm run doctor: looks at settings, secret, versions, connections, clock, disk, files, migrations and retention, changes nothing, and says in
// sentences what is wrong; the exit code is 1 where something is.
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { runCommand } from '@polity/kernel/process/command';
import * as checks from './doctor/checks.ts';

const say = (line: string): void => console.log(line);

async function look(): Promise<checks.Findings> {
  const env = readEnv(platformEnv, process.env, 'Settings');
  const findings = [
    ...checks.versionFindings(process.versions.node),
    ...checks.settingsFindings(env),
    ...(await checks.diskFindings(env.DATA_DIR)),
    ...(await checks.fileFindings(env)),
    ...(await checks.redisFindings(env)),
    ...(await checks.natsFindings(env)),
  ];
  try {
    const secrets = await checks.presentSecret(env);
    findings.push(...(await checks.databaseFindings(await checks.serverOf(env), secrets)));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    findings.push(error.message);
  }
  return findings;
}

runCommand('doctor', async () => {
  const findings = await look();
  for (const finding of findings) say(`- ${finding}`);
  if (findings.length === 0) say('All is well.');
  process.exitCode = findings.length === 0 ? 0 : 1;
});
