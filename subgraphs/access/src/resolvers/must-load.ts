import { NotFound } from '@polity/kernel/graph/errors';
import type { Loader } from '@polity/kernel/graph/loader';

/** A row that a foreign key promises; throws NotFound where the tenant may not see it after all. */
export async function mustLoad<Row>(loader: Loader<string, Row | null>, key: string): Promise<Row> {
  const row = await loader.load(key);
  if (row === null) throw new NotFound();
  return row;
}
