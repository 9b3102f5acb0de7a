import { z } from 'zod';
import { MAX_BALLOTS, MAX_OPTIONS } from './election.ts';
import { checkSize, type ElectionFile } from './file.ts';
import { COUNTING_RULES, CountError, STANCES } from './types.ts';

// Our own export (`ElectionExport` in types.ts). Only shapes are checked here: what a ballot may say is the count's to refuse.

const optionId = z.string().min(1).max(100);
const limit = z.int().nullish();

const ballot = z.object({
  weight: z.int().optional(),
  choices: z.array(optionId).optional(),
  ranking: z.array(z.array(optionId)).optional(),
  scores: z.array(z.object({ option: optionId, score: z.int() })).optional(),
  consent: z.enum(STANCES).optional(),
});

const exported = z.object({
  poll: z.object({
    id: z.string().max(100),
    title: z.string(),
    rule: z.enum(COUNTING_RULES),
    seats: z.int(),
    options: z.array(z.object({ id: optionId, title: z.string() })).max(MAX_OPTIONS),
    maxChoices: limit,
    minScore: limit,
    maxScore: limit,
    credits: limit,
  }),
  seed: z.string().nullish(),
  ballots: z.array(ballot).max(MAX_BALLOTS),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CountError('MALFORMED_FILE', 'The file is not JSON.');
  }
}

export function readExport(text: string): ElectionFile {
  checkSize(text);
  const result = exported.safeParse(parsed(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.map(String).join('.') || 'the file';
    throw new CountError('MALFORMED_FILE', `The file is not an export of a poll: ${where}: ${issue?.message ?? ''}`);
  }
  const { poll, seed, ballots } = result.data;
  const { title, options, rule, seats, maxChoices, minScore, maxScore, credits } = poll;
  return {
    title,
    seats,
    options,
    ballots,
    unranked: 'LAST',
    poll: {
      rule,
      seats,
      seed: seed ?? undefined,
      maxChoices: maxChoices ?? undefined,
      minScore: minScore ?? undefined,
      maxScore: maxScore ?? undefined,
      credits: credits ?? undefined,
    },
  };
}
