import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { grantLast, registerScope, removeScope } from '@polity/kernel/access/mirror';
import type { RowRef } from '@polity/kernel/db/row';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { canCreateTeam } from '../community/community.policy.ts';
import * as communities from '../community/community.service.ts';
import { Team, type TeamRow } from './team.entity.ts';
import { slugErrors } from './team.errors.ts';
import { newTeam, teamChanges } from './team.input.ts';
import { canDelete, canUpdate } from './team.policy.ts';
import { seenTeams } from './team.visibility.ts';

export type NewTeam = z.input<typeof newTeam> & { communityId: string };

const NOUN = 'This team';

const event = (team: Team) => ({ communityId: team.community.id, teamId: team.id });

/** The team for a verb that changes something; hidden and missing give the same NotFound. */
export const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Team> =>
  getVisible(tx, Team, { id, visible: seenTeams(authorizer), noun: NOUN, populate: ['community'] });

/** The team of something that the viewer sees, which they therefore see as well. */
export async function of(ctx: Context, team: RowRef<Team>): Promise<TeamRow> {
  const found = team.isInitialized() ? team.unwrap() : await ctx.loaders.teamById.load(team.id);
  if (!found) throw new NotFound(NOUN);
  return found;
}

export async function create(ctx: Context, { communityId, ...input }: NewTeam): Promise<Team> {
  const fields = checked(newTeam, input);
  const authorizer = await ctx.access.authorizer();
  const act = async (tx: EntityManager) => {
    const community = await communities.get(tx, authorizer, communityId);
    if (!canCreateTeam(authorizer, community)) throw new Forbidden();
    community.mustLive();
    const team = tx.create(Team, { id: uuidv7(), tenantId: ctx.tenantId, community, ...fields });
    await recordEvent(tx, ctx, 'portal.team.created', { subject: team.id, data: event(team) });
    return team;
  };
  const team = await write(ctx, act, slugErrors(fields));
  await grantLast(ctx, () => registerScope(ctx, { type: 'TEAM', id: team.id, parentId: communityId }));
  return team;
}

export async function update(ctx: Context, id: string, input: z.input<typeof teamChanges>): Promise<Team> {
  const changes = checked(teamChanges, input);
  const authorizer = await ctx.access.authorizer();
  const act = async (tx: EntityManager) => {
    const team = await get(tx, authorizer, id);
    if (!canUpdate(authorizer, team)) throw new Forbidden();
    team.change(changes);
    await recordEvent(tx, ctx, 'portal.team.updated', { subject: id, data: event(team) });
    return team;
  };
  return write(ctx, act, slugErrors(changes));
}

/** Deletes a team and returns it as it was; its posts and memberships go with it, by their foreign keys. Throws NotFound, Forbidden. */
export async function remove(ctx: Context, id: string): Promise<Team> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const team = await get(tx, authorizer, id);
    if (!canDelete(authorizer, team)) throw new Forbidden();
    // Whoever deletes the same team, here or because its scope is gone, waits until this is through.
    if (!(await locked(tx, id))) throw new NotFound(NOUN);
    await removeScope(ctx, { type: 'TEAM', id });
    await deleted(tx, ctx, team);
    return team;
  });
}

/** Deletes a team whose scope is gone: whoever was deleting it was cut off in between, and nobody can do anything with it any more. */
export async function finishRemoval(tx: EntityManager, ctx: Context, id: string): Promise<void> {
  const team = await locked(tx, id);
  if (team) await deleted(tx, ctx, team);
}

const locked = (tx: EntityManager, id: string): Promise<Team | null> =>
  tx.findOne(Team, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

async function deleted(tx: EntityManager, ctx: Context, team: Team): Promise<void> {
  await tx.nativeDelete(Team, { id: team.id });
  await recordEvent(tx, ctx, 'portal.team.deleted', { subject: team.id, data: event(team) });
}
