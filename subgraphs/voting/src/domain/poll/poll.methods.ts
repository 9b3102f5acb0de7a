import type { CountingRule } from '../../counting/types.ts';

import type { pollMethods } from './poll.entity.ts';

export type PollMethod = (typeof pollMethods)[number];

/** The rules that read the ballots of a method, the default first. */
const RULES: Readonly<Record<PollMethod, readonly CountingRule[]>> = {
  PLURALITY: ['PLURALITY'],
  APPROVAL: ['APPROVAL'],
  SCORE: ['SUM', 'STAR', 'MAJORITY_JUDGMENT', 'QUADRATIC'],
  RANKED: [
    'INSTANT_RUNOFF',
    'SCHULZE',
    'SCHULZE_MARGINS',
    'RANKED_PAIRS',
    'MINIMAX',
    'COPELAND',
    'BORDA',
    'STV_SCOTTISH',
    'STV_WIGM',
    'STV_MEEK',
  ],
  CONSENT: ['CONSENT'],
};

export const isRuleOf = (method: PollMethod, rule: CountingRule): boolean => RULES[method].includes(rule);

/** Several seats want a rule that shares them out. */
export function defaultRule(method: PollMethod, seats: number): CountingRule {
  return method === 'RANKED' && seats > 1 ? 'STV_SCOTTISH' : (RULES[method][0] as CountingRule);
}

/** Whether equal ranks may stand side by side: the others would pass half a vote on. */
export const allowsEqualRanks = (rule: CountingRule): boolean => rule !== 'INSTANT_RUNOFF' && !rule.startsWith('STV_');

/** Whether the first count says which share of the votes somebody has, which a threshold needs. */
export const hasVoteShare = (method: PollMethod): boolean =>
  method === 'PLURALITY' || method === 'APPROVAL' || method === 'CONSENT';
