import { createHash } from 'node:crypto';

/**
 * The order in which a seed draws options: by SHA-256 of "<seed>\n<position from 1>", least first. By position, so that a file that has
 * only names draws as the poll does.
 */
export function drawLots(seed: string, options: number): number[] {
  const tickets = Array.from({ length: options }, (_, option) => ({
    option,
    ticket: createHash('sha256')
      .update(`${seed}\n${option + 1}`)
      .digest('hex'),
  }));
  const lots = new Array<number>(options).fill(0);
  tickets
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .forEach(({ option }, place) => {
      lots[option] = place;
    });
  return lots;
}
