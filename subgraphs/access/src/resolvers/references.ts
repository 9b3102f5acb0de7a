import { scopeStub } from '@polity/kernel/access/placed';
import { NotFound } from '@polity/kernel/graph/errors';
import type { Loader } from '@polity/kernel/graph/loader';
import type { Context } from '../context.ts';

/** A row that a foreign key promises; throws NotFound where the tenant may not see it after all. */
export async function mustLoad<Row>(loader: Loader<string, Row | null>, key: string): Promise<Row> {
  const row = await loader.load(key);
  if (row === null) throw new NotFound();
  return row;
}

interface Granted {
  subjectId: string;
  scopeId: string;
  grantedBy?: string | null;
}

/** What bindings and overrides have alike: whose they are, where, and by whom. */
export const grantFields = {
  user: ({ subjectId }: Granted) => ({ id: subjectId }),
  async scope({ scopeId }: Granted, _: unknown, ctx: Context) {
    const scope = await ctx.loaders.scopeById.load(scopeId);
    return scope && scopeStub(scope.ref);
  },
  grantedBy: ({ grantedBy }: Granted) => (grantedBy ? { id: grantedBy } : null),
};
