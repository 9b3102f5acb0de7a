import type { ElectionExport } from '../../counting/types.ts';
import { electionBallot } from '../ballot/ballot.content.ts';
import type { Published } from './election.ts';
import type { Exported } from './export.ts';

/** What the command line counts: the election with the hash and the reason of each ballot beside it. */
export function electionExport({ poll, options, ballots, seed }: Exported): ElectionExport {
  const { id, title, rule, seats, maxChoices, minScore, maxScore, credits } = poll;
  const limits = { maxChoices, minScore, maxScore, credits };
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null));
  return {
    poll: {
      id,
      title,
      rule,
      seats,
      options: options.map((option) => ({ id: option.id, title: option.title })),
      ...given,
    },
    seed,
    ballots: ballots.map(({ content, weight, hash, voterId }) => ({
      ...electionBallot(content, poll, weight),
      ...{ hash, content, ...(voterId && { voterId }) },
    })),
  };
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a ballot gives an option: its score, its rank, or 1 for having been chosen. */
function given({ content }: Published, optionId: string): number | null {
  const { choices, ranking, scores } = content;
  if (choices) return choices.includes(optionId) ? 1 : null;
  if (scores) return scores.find(({ option }) => option === optionId)?.score ?? null;
  const rank = ranking?.findIndex((ids) => ids.includes(optionId)) ?? -1;
  return rank < 0 ? null : rank + 1;
}

/** One line per ballot. */
export function asCsv({ poll, options, ballots }: Exported): string {
  const named = poll.anonymous ? [] : ['voter'];
  const shown = poll.method === 'CONSENT' ? [] : options;
  const head = ['hash', ...named, 'weight', ...shown.map(({ title }) => title), 'consent', 'reason', 'abstain'];
  const lines = ballots.map((ballot) => {
    const { hash, weight, content, voterId } = ballot;
    const cells = [hash, ...(poll.anonymous ? [] : [voterId]), weight, ...shown.map(({ id }) => given(ballot, id))];
    return [...cells, content.consent, content.reason, content.abstain ? 1 : null];
  });
  return `${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
