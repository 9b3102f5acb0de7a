import { startTestServer, type TestServer } from '../../kernel/src/testing/postgres.ts';

let running: TestServer | undefined;

/** Starts the database server that every test file of this run clones its databases from; workers find it by the environment. */
export async function openTestServer(): Promise<void> {
  running = await startTestServer();
}

export async function closeTestServer(): Promise<void> {
  await running?.stop();
}
