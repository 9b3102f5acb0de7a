import { NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';

const NAME =
  'query NomineeName($people: [_Any!]!) { _entities(representations: $people) { ... on User { displayName } } }';

/** How somebody is called now, for the title of what is voted on. Throws NotFound where nobody can be shown by that id. */
export async function nameOf({ services }: Pick<Context, 'services'>, userId: string): Promise<string> {
  const people = [{ __typename: 'User', id: userId }];
  const { _entities: found } = await services.call<{ _entities: ({ displayName: string } | null)[] }>(
    'identity',
    NAME,
    { people },
  );
  const name = found[0]?.displayName;
  if (!name) throw new NotFound('This person');
  return name;
}
