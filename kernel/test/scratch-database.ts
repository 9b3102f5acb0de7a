import { createTemplate, databaseFromTemplate } from '../src/testing/postgres.ts';

/** A fresh, empty database of this test file, and the way to be rid of it. */
export async function scratchDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { ownerUrl, drop } = await databaseFromTemplate(await createTemplate('kernel empty', async () => undefined));
  return { url: ownerUrl, drop };
}
