import { CountError, type ElectionBallot, type ElectionExport } from './types.ts';

// An export for other programs. Ballots alike become one line and lines are sorted, so that a file tells nothing of who voted when.

type Ranking = readonly (readonly string[])[];

/** BLT and CEF know rankings only: choices are equal firsts. */
function rankingOf({ ranking, choices }: ElectionBallot): Ranking {
  const found = ranking ?? (choices && (choices.length > 0 ? [choices] : []));
  if (!found) throw new CountError('WRONG_BALLOT', 'This format has rankings only; the ballots are of another kind.');
  return found;
}

/** Lines with how many ballots they stand for, most first, those of equal number by their text. */
function grouped(ballots: readonly ElectionBallot[], say: (ballot: ElectionBallot) => string): [string, number][] {
  const lines = new Map<string, number>();
  for (const ballot of ballots) {
    const line = say(ballot);
    lines.set(line, (lines.get(line) ?? 0) + (ballot.weight ?? 1));
  }
  return [...lines].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

export function writeBlt({ poll, ballots }: ElectionExport): string {
  const numbers = new Map(poll.options.map(({ id }, index) => [id, index + 1]));
  const say = (ballot: ElectionBallot) =>
    rankingOf(ballot)
      .map((rank) =>
        rank
          .map((id) => numbers.get(id) ?? 0)
          .sort((a, b) => a - b)
          .join('='),
      )
      .join(' ');
  const quote = (text: string) => `"${oneLine(text).replaceAll('"', '""')}"`;
  const votes = grouped(ballots, say).map(([line, count]) => `${count}${line && ` ${line}`} 0`);
  const names = poll.options.map(({ title }) => quote(title));
  return `${[`${poll.options.length} ${poll.seats}`, ...votes, '0', ...names, quote(poll.title)].join('\n')}\n`;
}

/** Names without what the format keeps for itself, none twice. */
function cefNames(options: ElectionExport['poll']['options']): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, title } of options) {
    const plain = oneLine(title.replace(/[<>=;,#/|^*]/g, ' ')) || 'option';
    let name = plain;
    for (let copy = 2; taken.has(name); copy++) name = `${plain} (${copy})`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

export function writeCef({ poll, ballots }: ElectionExport): string {
  const names = cefNames(poll.options);
  const say = (ballot: ElectionBallot) =>
    rankingOf(ballot)
      .map((rank) =>
        rank
          .map((id) => names.get(id))
          .sort()
          .join(' = '),
      )
      .join(' > ') || '/EMPTY_RANKING/';
  const votes = grouped(ballots, say).map(([line, count]) => (count > 1 ? `${line} * ${count}` : line));
  const head = [
    `# ${oneLine(poll.title)}`,
    `#/Candidates: ${[...names.values()].join(' ; ')}`,
    `#/Number of Seats: ${poll.seats}`,
    '#/Implicit Ranking: true',
    '#/Weight Allowed: false',
    '',
  ];
  return `${[...head, ...votes].join('\n')}\n`;
}

/** Quoted where needed, and with an apostrophe where a spreadsheet would take it for a formula. */
function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a ballot says of one option: its rank from 1, 1 for chosen, its score; empty for nothing. */
function cells(options: ElectionExport['poll']['options'], ballot: ElectionBallot): string {
  const said = new Map<string, number>();
  ballot.ranking?.forEach((rank, at) => {
    for (const id of rank) said.set(id, at + 1);
  });
  for (const id of ballot.choices ?? []) said.set(id, 1);
  for (const { option, score } of ballot.scores ?? []) said.set(option, score);
  return options.map(({ id }) => said.get(id) ?? '').join(',');
}

/** One column for each option and one for how many ballots say so; CONSENT has one for the stance. */
export function writeCsv({ poll, ballots }: ElectionExport): string {
  const consent = poll.rule === 'CONSENT';
  const head = consent ? ['ballots', 'stance'] : ['ballots', ...poll.options.map(({ title }) => title)];
  const lines = grouped(ballots, (ballot) => (consent ? (ballot.consent ?? '') : cells(poll.options, ballot)));
  return `${[head.map(csvField).join(','), ...lines.map(([line, count]) => `${count},${line}`)].join('\r\n')}\r\n`;
}
