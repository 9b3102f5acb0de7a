import type { GraphQLSchema } from 'graphql';
import { type Choose, choices, randomDocument } from '../../gateway/test/random-document.ts';

/** A row of numbers from which a document is written: the same row gives the same document, and a row that differs little one that differs little. */
type Genome = readonly number[];

const GENES = 4_000;
const SURVIVORS = 4;

function mutated(genome: Genome, choose: Choose): Genome {
  const next = [...genome];
  for (let times = 1 + choose(8); times > 0; times--) next[choose(next.length)] = choose(1_000_000);
  // A stretch that made something dear may do so at another place.
  const [from, to, length] = [choose(GENES), choose(GENES), choose(200)];
  if (choose(3) === 0) next.splice(to, length, ...next.slice(from, from + length));
  return next;
}

/** The document that a genome stands for: near the limits in size, and with names under which no two fields conflict. */
function documentOf(schema: GraphQLSchema, genome: Genome): string {
  let at = 2;
  const choose: Choose = (below) => (genome[at++ % genome.length] as number) % below;
  const aliasOf = (typeName: string, field: string) => `${typeName}_${field}${choose(15)}: `;
  const [width = 0, depth = 0] = genome;
  return randomDocument({ schema, choose, aliasOf, width: 2 + (width % 8), depth: 4 + (depth % 9), most: 1_200 });
}

export interface Search {
  schema: GraphQLSchema;
  seed: number;
  /** Whether to go on after so many documents. */
  goOn(tried: number): boolean;
  /** Sends a document; answers the milliseconds of CPU that it cost, or null for one that is refused. */
  send(document: string): Promise<number | null>;
}

/** Climbs to the costliest document that is taken: what was dear is changed a little, and kept where it became dearer. */
export async function costliestDocument({
  schema,
  seed,
  goOn,
  send,
}: Search): Promise<{ document: string; tried: number; taken: number }> {
  const choose = choices(seed);
  const fresh = () => Array.from({ length: GENES }, () => choose(1_000_000));
  let best: { genome: Genome; ms: number }[] = [];
  let [tried, taken] = [0, 0];
  for (; goOn(tried); tried++) {
    const parent = best[choose(2 * SURVIVORS)]?.genome;
    const genome = parent ? mutated(parent, choose) : fresh();
    const document = documentOf(schema, genome);
    const ms = await send(document);
    if (ms === null) continue;
    taken++;
    best = [...best, { genome, ms }].sort((a, b) => b.ms - a.ms).slice(0, SURVIVORS);
  }
  return { document: best[0] ? documentOf(schema, best[0].genome) : '', tried, taken };
}
