import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

/** From when on somebody's days are those of a zone. */
interface ZoneSince {
  from: number;
  zone: string;
}

const schema = defineEntity({
  name: 'Player',
  tableName: 'player',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    /** The zones of their days, oldest first. */
    zones: p.json<ZoneSince[]>(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'player_unique', properties: ['tenantId', 'userId'] }],
});

/** What somebody chose about recognition. */
export class Player extends schema.class {}
schema.setClass(Player);
