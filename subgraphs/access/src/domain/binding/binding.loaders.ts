import type { EntityManager } from '@mikro-orm/postgresql';
import type { Slice } from '@polity/kernel/graph/connection';
import { groupLoaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import { idArray } from '../change/version.service.ts';
import { RoleBinding } from './binding.entity.ts';

/** A stretch of the bindings of a user. */
export interface BindingsAsked {
  userId: string;
  slice: Slice;
}

export interface BindingLoaders {
  bindingsOfUser(asked: BindingsAsked): Promise<RoleBinding[]>;
}

interface Row {
  subject_id: string;
}

const firstOfEach = (where: string, order: string) => `select * from (
    select *, row_number() over (partition by subject_id order by ${order}) as position
    from role_binding where tenant_id = ?::uuid and subject_id = any(?::uuid[]) and ${where}
  ) as numbered where position <= ? order by subject_id, ${order}`;
const stretchOf = ({ slice }: BindingsAsked) => JSON.stringify([slice.where(), slice.orderSql, slice.limit]);
const keyOf = (asked: BindingsAsked) => `${asked.userId}:${stretchOf(asked)}`;

/** A page of users costs one statement for the roles of all, since they ask for the same page of them. */
export function bindingLoaders(em: EntityManager, tenantId: string | null): BindingLoaders {
  async function fetch(asked: readonly BindingsAsked[]): Promise<{ asked: BindingsAsked; binding: RoleBinding }[]> {
    const found: { asked: BindingsAsked; binding: RoleBinding }[] = [];
    for (const group of Map.groupBy(asked, stretchOf).values()) {
      const { slice } = group[0] as BindingsAsked;
      const { sql, params } = slice.where();
      const ids = idArray(group.map(({ userId }) => userId).filter(isUuid));
      const values = [tenantId, ids, ...params, slice.limit];
      const rows = await em.execute<Row[]>(firstOfEach(sql, slice.orderSql), values);
      for (const row of rows)
        found.push({ asked: { userId: row.subject_id, slice }, binding: em.map(RoleBinding, row) });
    }
    return found;
  }
  const loader = groupLoaderBy(fetch, ({ asked }) => asked, { cacheKey: keyOf });
  return { bindingsOfUser: async (asked) => (await loader.load(asked)).map(({ binding }) => binding) };
}
