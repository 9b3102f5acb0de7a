import type { EntityManager } from '@mikro-orm/postgresql';
import type { PollRow } from '../poll/poll.entity.ts';

/** An elector for whom a delegate casts unit ballots. */
export interface Represented {
  electorId: string;
  weight: number;
}

// Down the chains that end at the voter, a topic's delegation before the one for all: through those who have not voted themselves. Whoever was covered by
// somebody further up is covered anew, because the nearer delegate decides. `distinct on` takes one delegation of each.
const REPRESENTED = `with recursive chosen as (
    select distinct on (delegator_id) delegator_id, delegate_id from delegation
    where tenant_id = ? and scope_id = ? and topic in (?, '') order by delegator_id, topic desc
  ), chain as (
    select c.delegator_id, e.id, e.weight, 1 as depth from chosen c
      join elector e on e.tenant_id = ? and e.poll_id = ? and e.user_id = c.delegator_id and e.participation <> 'VOTED'
      where c.delegate_id = ?
    union
    select c.delegator_id, e.id, e.weight, chain.depth + 1 from chain join chosen c on c.delegate_id = chain.delegator_id
      join elector e on e.tenant_id = ? and e.poll_id = ? and e.user_id = c.delegator_id and e.participation <> 'VOTED'
      where chain.depth < 20
  )
  select id as "electorId", weight from elector where tenant_id = ? and id in (select id from chain) and participation <> 'VOTED'
  order by id for update`;

/** Those for whom the voter casts ballots as well, locked; as many as fit into so many units. */
export async function whomToRepresent(
  tx: EntityManager,
  poll: PollRow,
  voterId: string,
  units: number,
): Promise<Represented[]> {
  const { tenantId, id, topic } = poll;
  const at = poll.scopeRef().id;
  const params = [tenantId, at, topic ?? '', tenantId, id, voterId, tenantId, id, tenantId];
  const found = await tx.execute<Represented[]>(REPRESENTED, params);
  let left = units;
  return found.filter(({ weight }) => {
    left -= weight;
    return left >= 0;
  });
}
