import { type FilterQuery, raw } from '@mikro-orm/core';
import type { Asker } from '@polity/kernel/access/asker';
import { visibilitySql } from '@polity/kernel/access/visibility';
import type { Sample } from './sample.entity.ts';
import { codes } from './sample.policy.ts';

const NONE = 'cast(null as uuid)';
const columns = {
  visibility: '[::alias::].visibility',
  communityId: NONE,
  teamId: NONE,
  authorId: '[::alias::].author_id',
};

/** Which samples the asker sees: the one rule of lists, nodes, references and verbs. */
export function seenSamples(asker: Asker): FilterQuery<Sample> {
  const { sql, params } = visibilitySql(asker.sees(codes), columns, asker.viewerId);
  return { [raw(sql, params)]: [] } as unknown as FilterQuery<Sample>;
}
