import type { EntityManager } from '@mikro-orm/postgresql';
import { groupLoaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import { idArray } from '../change/version.service.ts';
import { RoleBinding } from './binding.entity.ts';

/** The first bindings of a user after one of them, oldest first. */
export interface BindingsAsked {
  userId: string;
  after: string | null;
  limit: number;
}

export interface BindingLoaders {
  bindingsOfUser(asked: BindingsAsked): Promise<RoleBinding[]>;
}

interface Row {
  subject_id: string;
}

const FIRST_OF_EACH = `select * from (
    select *, row_number() over (partition by subject_id order by id) as position
    from role_binding where tenant_id = ?::uuid and subject_id = any(?::uuid[]) and id > ?::uuid
  ) as numbered where position <= ? order by subject_id, id`;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const keyOf = ({ userId, after, limit }: BindingsAsked) => `${userId}:${after ?? ''}:${limit}`;

/** A page of users costs one statement for the roles of all, since they ask for the same page of them. */
export function bindingLoaders(em: EntityManager, tenantId: string | null): BindingLoaders {
  async function fetch(asked: readonly BindingsAsked[]): Promise<{ asked: BindingsAsked; binding: RoleBinding }[]> {
    const found: { asked: BindingsAsked; binding: RoleBinding }[] = [];
    for (const group of Map.groupBy(asked, ({ after, limit }) => `${after ?? ''}:${limit}`).values()) {
      const { after = null, limit = 0 } = group[0] ?? {};
      const ids = idArray(group.map(({ userId }) => userId).filter(isUuid));
      const rows = await em.execute<Row[]>(FIRST_OF_EACH, [tenantId, ids, after ?? BEFORE_ALL, limit]);
      for (const row of rows)
        found.push({ asked: { userId: row.subject_id, after, limit }, binding: em.map(RoleBinding, row) });
    }
    return found;
  }
  const loader = groupLoaderBy(fetch, ({ asked }) => asked, { cacheKey: keyOf });
  return { bindingsOfUser: async (asked) => (await loader.load(asked)).map(({ binding }) => binding) };
}
