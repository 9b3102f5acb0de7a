import { visibilities } from '@polity/kernel/access/visibility';
import { change, description, line, text } from '@polity/kernel/domain/input';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import { z } from 'zod';
import { readShare, readThreshold } from './poll.bounds.ts';
import { eligibilities, type PollRow, pollMethods, pollRules, resultsVisibilities } from './poll.entity.ts';
import { defaultRule, hasVoteShare, isRuleOf, type PollMethod } from './poll.methods.ts';

/** Options of one poll, nominees among them. */
export const MAX_OPTIONS = 100;
/** People whom one call puts on a roll. */
const MAX_ELECTORS = 1_000;
const MAX_WEIGHT = 1_000_000;
/** Of an anonymous poll each unit is a ballot of its own. */
export const MAX_UNITS = 20;

const whole = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.number(rule).int(rule).min(least, rule).max(most, rule);
};
const moment = z.date().nullish();
const share = z.number().nullish().transform(readShare);
const threshold = z.string().nullish().transform(readThreshold);
const id = z.string().refine(isUuid, 'is no id');

export const optionInput = z.object({ title: line(200), description });
export const electors = z
  .array(z.object({ userId: id, weight: change(whole(1, MAX_WEIGHT)) }))
  .max(MAX_ELECTORS, `must be at most ${MAX_ELECTORS} people`);

const settings = {
  title: line(200),
  description: text(20_000).nullish(),
  visibility: z.enum(visibilities),
  topic: line(60).nullish(),
  method: z.enum(pollMethods),
  rule: z.enum(pollRules),
  seats: whole(1, MAX_OPTIONS),
  maxChoices: whole(1, MAX_OPTIONS).nullish(),
  minScore: whole(-1_000, 1_000).nullish(),
  maxScore: whole(-1_000, 1_000).nullish(),
  credits: whole(1, 1_000_000).nullish(),
  anonymous: z.boolean(),
  allowsChange: z.boolean(),
  noneOfTheAbove: z.boolean(),
  shuffleOptions: z.boolean(),
  breakTies: z.boolean(),
  resultsVisibility: z.enum(resultsVisibilities),
  quorum: share,
  turnoutQuorum: share,
  threshold,
  eligibility: z.enum(eligibilities),
  eligibilityRole: z
    .string()
    .regex(/^[a-z0-9_]+\.[a-z0-9_.]{1,60}$/, 'is no key of a role')
    .nullish(),
  nominationApproval: z.boolean(),
  opensAt: moment,
  closesAt: moment,
};

const changes = z.object({
  ...settings,
  title: change(settings.title),
  visibility: change(settings.visibility),
  method: change(settings.method),
  rule: change(settings.rule),
  seats: change(settings.seats),
  anonymous: change(settings.anonymous),
  allowsChange: change(settings.allowsChange),
  noneOfTheAbove: change(settings.noneOfTheAbove),
  shuffleOptions: change(settings.shuffleOptions),
  breakTies: change(settings.breakTies),
  resultsVisibility: change(settings.resultsVisibility),
  eligibility: change(settings.eligibility),
  nominationApproval: change(settings.nominationApproval),
});
export const pollChanges = changes;

export const newPoll = changes.extend({
  title: settings.title,
  method: settings.method,
  options: change(z.array(optionInput).max(MAX_OPTIONS, `must be at most ${MAX_OPTIONS}`)),
  electors: change(electors),
});

/** All that is set about a poll. */
export type PollSettings = { [Key in keyof typeof settings]: z.output<(typeof settings)[Key]> };

const settingNames = Object.keys(settings) as (keyof PollSettings)[];

/** What is set about a poll that is there. */
export function settingsOf(poll: PollRow): PollSettings {
  const value = (name: keyof PollSettings) => (name === 'visibility' ? poll.chosenVisibility : poll[name]);
  return Object.fromEntries(settingNames.map((name) => [name, value(name)])) as PollSettings;
}

type Problems = Record<string, string>;

function problemsOfMethod({ method, rule, seats, maxChoices, minScore, maxScore, credits }: PollSettings): Problems {
  const problems: Problems = {};
  if (!isRuleOf(method, rule)) problems.rule = `does not go with ${method}`;
  if (seats > 1 && (rule === 'CONSENT' || rule === 'INSTANT_RUNOFF')) problems.seats = `is 1 for ${rule}`;
  if (maxChoices != null && method !== 'APPROVAL' && method !== 'PLURALITY')
    problems.maxChoices = `does not go with ${method}`;
  for (const [name, value] of Object.entries({ minScore, maxScore }))
    if (value != null && method !== 'SCORE') problems[name] = `does not go with ${method}`;
  if (minScore != null && maxScore != null && minScore >= maxScore) problems.maxScore = 'must be above minScore';
  if (credits != null && rule !== 'QUADRATIC') problems.credits = 'goes with QUADRATIC only';
  return problems;
}

function problemsOfPoll(poll: PollSettings): Problems {
  const problems: Problems = {};
  const { anonymous, resultsVisibility, method, threshold, eligibility, eligibilityRole, opensAt, closesAt } = poll;
  if (anonymous && resultsVisibility === 'ALWAYS')
    problems.resultsVisibility = 'must not be ALWAYS in an anonymous poll: each change would tell how somebody voted';
  if (threshold != null && !hasVoteShare(method)) problems.threshold = `does not go with ${method}`;
  if (eligibility === 'ROLE' && !eligibilityRole) problems.eligibilityRole = 'is needed';
  if (eligibility !== 'ROLE' && eligibilityRole) problems.eligibilityRole = 'goes with ROLE only';
  if (poll.noneOfTheAbove && method === 'CONSENT') problems.noneOfTheAbove = 'does not go with CONSENT';
  if (opensAt && closesAt && closesAt <= opensAt) problems.closesAt = 'must be after opensAt';
  return problems;
}

/** The settings as they go together. Throws InvalidInput for those that do not. */
export function checkTogether(poll: PollSettings): void {
  const problems = { ...problemsOfMethod(poll), ...problemsOfPoll(poll) };
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

function limitsOf(method: PollMethod, rule: string): Pick<PollSettings, 'minScore' | 'maxScore' | 'credits'> {
  if (method !== 'SCORE') return { minScore: null, maxScore: null, credits: null };
  const credits = rule === 'QUADRATIC' ? 100 : null;
  return { minScore: 0, maxScore: rule === 'QUADRATIC' ? null : 5, credits };
}

/** What a new poll is where its author says nothing. */
export function withDefaults(given: Partial<PollSettings> & Pick<PollSettings, 'title' | 'method'>): PollSettings {
  const rule = given.rule ?? defaultRule(given.method, given.seats ?? 1);
  return {
    description: null,
    visibility: 'COMMUNITY',
    topic: null,
    seats: 1,
    maxChoices: null,
    ...limitsOf(given.method, rule),
    anonymous: false,
    allowsChange: true,
    noneOfTheAbove: false,
    shuffleOptions: false,
    breakTies: false,
    resultsVisibility: 'AFTER_CLOSE',
    quorum: null,
    turnoutQuorum: null,
    threshold: null,
    eligibility: 'MEMBERS',
    eligibilityRole: null,
    nominationApproval: false,
    opensAt: null,
    closesAt: null,
    ...given,
    rule,
  };
}
