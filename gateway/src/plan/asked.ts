import type { PartReply } from './batch.ts';
import type { Wanted } from './representations.ts';

/** A reply about the entities of a fetch, and where in it each of them stands. */
interface Answered {
  reply: PartReply;
  indexes: readonly number[];
}

/** What one fetch asked, for other fetches of the operation that would ask the same of some of its entities. */
export class Question {
  #answered: Answered | null = null;
  readonly #listeners: ((answered: Answered) => void)[] = [];

  answer(answered: Answered): void {
    this.#answered = answered;
    for (const listener of this.#listeners) listener(answered);
  }

  /** Calls back when the answer is there, at once where it is. */
  when(listener: (answered: Answered) => void): void {
    if (this.#answered) listener(this.#answered);
    else this.#listeners.push(listener);
  }
}

/** Entities of a fetch that an earlier one asked for, and their positions among that one's. */
interface Earlier {
  wanted: Wanted;
  positions: number[];
}

const noneWanted = (): Wanted => ({ representations: [], keys: [], objects: [] });

function move(from: Wanted, index: number, into: Wanted): void {
  into.representations.push(from.representations[index] as Wanted['representations'][number]);
  into.keys.push(from.keys[index] as string);
  into.objects.push(from.objects[index] as Wanted['objects'][number]);
}

/** The entities that one operation has asked for. Only for operations that change nothing: what was answered once holds to their end. */
export class Asked {
  readonly #known = new Map<string, Map<string, { question: Question; position: number }>>();

  /** Parts the entities of a fetch into those that nobody asked for, which are taken for asked by it, and those of earlier fetches like it. */
  part(identity: string, wanted: Wanted): { fresh: Wanted; question: Question; earlier: Map<Question, Earlier> } {
    const known = this.#known.get(identity) ?? new Map<string, { question: Question; position: number }>();
    this.#known.set(identity, known);
    const [fresh, question, earlier] = [noneWanted(), new Question(), new Map<Question, Earlier>()];
    for (const [index, key] of wanted.keys.entries()) {
      const before = known.get(key);
      if (!before) {
        known.set(key, { question, position: fresh.keys.length });
        move(wanted, index, fresh);
        continue;
      }
      const part = earlier.get(before.question) ?? { wanted: noneWanted(), positions: [] };
      earlier.set(before.question, part);
      move(wanted, index, part.wanted);
      part.positions.push(before.position);
    }
    return { fresh, question, earlier };
  }
}
