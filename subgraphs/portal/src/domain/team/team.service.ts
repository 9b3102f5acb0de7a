import { LockMode, type Ref } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Asker } from '@polity/kernel/access/asker';
import { grantLast, registerScope, removeScope } from '@polity/kernel/access/mirror';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { type Cause, record } from '../../events.ts';
import { canCreateTeam } from '../community/community.policy.ts';
import * as communities from '../community/community.service.ts';
import { seenCommunities } from '../community/community.visibility.ts';
import { translated } from '../constraints.ts';
import { checked } from '../input.ts';
import { ALIAS, matching } from '../sql.ts';
import { overwrite, write } from '../write.ts';
import { Team } from './team.entity.ts';
import { TeamSlugTaken } from './team.errors.ts';
import { newTeam, teamChanges } from './team.input.ts';
import { canDelete, canUpdate } from './team.policy.ts';

export type NewTeam = z.input<typeof newTeam> & { communityId: string };

const event = (team: Team) => ({ communityId: team.community.id, teamId: team.id });

/** The team for a verb that changes something; hidden and missing give the same NotFound. */
export async function get(tx: EntityManager, asker: Asker, id: string): Promise<Team> {
  const community = matching<Team>(seenCommunities(asker, ALIAS));
  return found(isUuid(id) ? await tx.findOne(Team, { id, community } as never, { populate: ['community'] }) : null);
}

/** The team of something that the viewer sees, which they therefore see as well. */
export async function of(ctx: Context, team: Ref<Team>): Promise<Team> {
  return team.isInitialized() ? team.unwrap() : found(await ctx.loaders.teamById.load(team.id));
}

function found(team: Team | null): Team {
  if (!team) throw new NotFound('This team');
  return team;
}

export async function create(ctx: Context, { communityId, ...input }: NewTeam): Promise<Team> {
  const asker = await ctx.access.asker();
  const work = write(ctx, async (tx) => {
    const community = await communities.get(tx, asker, communityId);
    if (!canCreateTeam(asker, community)) throw new Forbidden();
    community.mustLive();
    const team = tx.create(Team, { id: uuidv7(), tenantId: ctx.tenantId, community, ...checked(newTeam, input) });
    await tx.flush();
    await record(tx, ctx.cause, 'portal.team.created', { subject: team.id, data: event(team) });
    return team;
  });
  const team = await translated(work, 'team_slug_unique', (cause) => new TeamSlugTaken(input.slug, cause));
  await grantLast(ctx, () => registerScope(ctx, { type: 'TEAM', id: team.id, parentId: communityId }));
  return team;
}

export async function update(ctx: Context, id: string, input: z.input<typeof teamChanges>): Promise<Team> {
  const asker = await ctx.access.asker();
  const work = write(ctx, async (tx) => {
    const team = await get(tx, asker, id);
    if (!canUpdate(asker, team)) throw new Forbidden();
    team.change(checked(teamChanges, input));
    await tx.flush();
    await record(tx, ctx.cause, 'portal.team.updated', { subject: id, data: event(team) });
    return team;
  });
  return translated(work, 'team_slug_unique', (cause) => new TeamSlugTaken(input.slug ?? '', cause));
}

/** Deletes a team and returns it as it was; its posts and memberships go with it, by their foreign keys. Throws NotFound, Forbidden. */
export async function remove(ctx: Context, id: string): Promise<Team> {
  return overwrite(ctx, async (tx, asker) => {
    const team = await get(tx, asker, id);
    if (!canDelete(asker, team)) throw new Forbidden();
    // Whoever deletes the same team, here or because its scope is gone, waits until this is through.
    if (!(await locked(tx, id))) throw new NotFound('This team');
    await removeScope(ctx, { type: 'TEAM', id });
    await deleted(tx, ctx.cause, team);
    return team;
  });
}

/** Deletes a team whose scope is gone: whoever was deleting it was cut off in between, and nobody can do anything with it any more. */
export async function finishRemoval(tx: EntityManager, cause: Cause, id: string): Promise<void> {
  const team = await locked(tx, id);
  if (team) await deleted(tx, cause, team);
}

const locked = (tx: EntityManager, id: string): Promise<Team | null> =>
  tx.findOne(Team, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

async function deleted(tx: EntityManager, cause: Cause, team: Team): Promise<void> {
  await tx.nativeDelete(Team, { id: team.id });
  await record(tx, cause, 'portal.team.deleted', { subject: team.id, data: event(team) });
}
