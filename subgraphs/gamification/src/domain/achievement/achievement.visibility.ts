import type { Authorizer } from '@polity/kernel/access/authorizer';
import { peopleShown } from '@polity/kernel/access/blocks';
import { visiblePlaced } from '@polity/kernel/access/placed';
import { everything, seenBy, type Visible } from '@polity/kernel/db/branches';
import { all, any, never, type Sql, sql } from '@polity/kernel/db/sql';
import { codes } from './achievement.policy.ts';

const HELD = `t.hidden_at is null and exists (select 1 from achievement_grant h
  where h.tenant_id = t.tenant_id and h.achievement_id = t.id and h.user_id = ?)`;

/** The viewer as somebody who has things of their own; null for nobody, and for whoever is suspended. */
const ownerId = (authorizer: Authorizer): string | null =>
  authorizer.sees(codes).suspended ? null : authorizer.viewerId;

/** Which achievements the viewer sees: the one rule of lists, nodes, references and verbs. Whoever was granted a hidden one sees it. */
export function seenAchievements(authorizer: Authorizer): Visible {
  const [visible, viewerId] = [visiblePlaced(authorizer, codes), ownerId(authorizer)];
  return visible === everything || viewerId === null ? visible : [...visible, { when: sql(HELD, viewerId) }];
}

/** The condition on rows that name an achievement that the viewer sees it. */
export function ofSeenAchievement(authorizer: Authorizer, more: Sql = sql('true')): Sql {
  const seen = seenBy(seenAchievements(authorizer));
  const condition = [seen.sql, more.sql].map((text) => `(${text.replaceAll(/\bt\./g, 'a.')})`).join(' and ');
  const text = `exists (select 1 from achievement a where a.id = t.achievement_id and a.tenant_id = t.tenant_id and ${condition})`;
  return sql(text, ...seen.params, ...more.params);
}

/** The condition on achievements that they lie where the viewer manages them. */
export function managed(authorizer: Authorizer): Sql {
  const { everything: all, suspended, managed: places } = authorizer.sees(codes);
  if (all) return sql('true');
  if (suspended) return never;
  return any(
    sql('t.community_id = any(?) and t.team_id is null', places.communities),
    sql('t.team_id = any(?)', places.teams),
    ...(places.tenant ? [sql('t.community_id is null and t.team_id is null')] : []),
  );
}

/** The condition on grants that no block hides their holder; where the viewer manages the achievement, none but their own blocks do. */
function holderShown(authorizer: Authorizer): Sql {
  const shown = peopleShown(authorizer, 't.user_id');
  if (authorizer.set.blocks.hidden.length === 0) return shown;
  return any(
    shown,
    all(peopleShown(authorizer, 't.user_id', true), ofSeenAchievement(authorizer, managed(authorizer))),
  );
}

/** Which grants the viewer sees: those of achievements that they see, and their own. */
export function seenGrants(authorizer: Authorizer): Visible {
  const viewerId = ownerId(authorizer);
  const own = viewerId === null ? [] : [{ when: sql('t.user_id = ?', viewerId) }];
  return [{ when: all(ofSeenAchievement(authorizer), holderShown(authorizer)) }, ...own];
}
