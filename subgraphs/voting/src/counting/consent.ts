import { MAX_WEIGHT } from './election.ts';
import { round } from './outcome.ts';
import { type Count, CountError, type Election, STANCES, type Stance } from './types.ts';

/** How the weights fall on the stances. */
function weigh(election: Election): Record<Stance, number> {
  const weights: Record<Stance, number> = { AGREE: 0, ABSTAIN: 0, OBJECT: 0, BLOCK: 0 };
  let cast = 0;
  election.ballots.forEach(({ consent, weight = 1 }, ballot) => {
    if (consent === undefined || !STANCES.includes(consent)) {
      throw new CountError('WRONG_BALLOT', 'CONSENT counts stances; a ballot has none.', { ballot });
    }
    if (!Number.isInteger(weight) || weight < 1 || (cast += weight) > MAX_WEIGHT) {
      throw new CountError('BAD_WEIGHT', `Weights are whole numbers from 1, ${MAX_WEIGHT} together.`, { ballot });
    }
    weights[consent] += weight;
  });
  return weights;
}

/** The proposal is adopted where nobody blocks it and more agree than object. */
export function countConsent(election: Election): Count {
  const [proposal] = election.options as [string];
  const weights = weigh(election);
  const adopted = weights.BLOCK === 0 && weights.AGREE > weights.OBJECT;
  const tallies = [{ option: proposal, count: String(weights.AGREE) }];
  const winners = adopted ? [proposal] : [];
  const cast = STANCES.reduce((sum, stance) => sum + weights[stance], 0);
  return {
    rule: election.rule,
    seats: 1,
    winners,
    ranking: [[proposal]],
    tallies,
    rounds: [round(1, 'STANCES', { tallies, elected: winners })],
    tieBreaks: [],
    openSeats: null,
    cast: String(cast),
    blank: String(weights.ABSTAIN),
    stances: STANCES.map((stance) => ({ stance, count: String(weights[stance]) })),
  };
}
