import { description, line, text } from '@polity/kernel/domain/input';
import { isUuid } from '@polity/kernel/ids';
import { z } from 'zod';
import { STANCES } from '../../counting/types.ts';
import { MAX_OPTIONS, newPoll } from '../poll/poll.input.ts';

/** Thrown for a file that cannot be read as an import at all: one sentence, with the line where there is one. */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}

/** Votes of one poll, as many as a roll may have people. */
const MAX_VOTES = 100_000;

const externalId = line(100);
const person = line(320);
const when = z.iso
  .datetime({ offset: true, error: 'must be a moment such as 2019-05-04T18:00:00Z' })
  .transform((written) => new Date(written));

const option = z.strictObject({
  id: externalId,
  title: line(200),
  description,
  nominee: person.nullish(),
  noneOfTheAbove: z.boolean().nullish(),
});

const elector = z.strictObject({ person, weight: z.number().int().min(1).max(1_000_000).nullish() });

export const importedNomination = z.strictObject({
  id: externalId.nullish(),
  nominee: person,
  nominatedBy: person.nullish(),
  title: line(200),
  statement: text(10_000).nullish(),
  status: z.enum(['PROPOSED', 'ACCEPTED', 'APPROVED', 'DECLINED', 'REJECTED']).nullish(),
});

const rank = z.union([z.string(), z.array(z.string())]);

export const importedVote = z.strictObject({
  id: externalId.nullish(),
  voter: person,
  castAt: when.nullish(),
  choices: z.array(z.string()).nullish(),
  ranking: z.array(rank).nullish(),
  scores: z.record(z.string(), z.number()).nullish(),
  consent: z.enum(STANCES).nullish(),
  reason: z.string().nullish(),
  abstain: z.boolean().nullish(),
});

const settings = newPoll.omit({ options: true, electors: true, opensAt: true, closesAt: true }).shape;

/** A poll of the file; its nominations and votes are read one by one, so that a bad one does not take the others with it. */
export const importedPoll = z.strictObject({
  ...settings,
  id: externalId,
  author: person,
  scope: z
    .strictObject({ type: z.enum(['TENANT', 'COMMUNITY', 'TEAM']), id: z.string().refine(isUuid, 'is no id') })
    .nullish(),
  status: z.enum(['DRAFT', 'CLOSED', 'CANCELLED']).nullish(),
  openedAt: when.nullish(),
  closedAt: when.nullish(),
  cancelReason: line(500).nullish(),
  options: z.array(option).max(MAX_OPTIONS).nullish(),
  electors: z.array(elector).max(MAX_VOTES).nullish(),
  nominations: z.array(z.unknown()).max(500).nullish(),
  votes: z.array(z.unknown()).max(MAX_VOTES).nullish(),
});
export type ImportedPoll = z.output<typeof importedPoll>;
export type ImportedVote = z.output<typeof importedVote>;

const user = z.strictObject({ id: externalId, email: z.email().max(320) });

/** A whole file: people of the old system by their ids there, and its polls, each read on its own. */
export const importFile = z.strictObject({ users: z.array(user).nullish(), polls: z.array(z.unknown()) });
export type ImportFile = z.output<typeof importFile>;
