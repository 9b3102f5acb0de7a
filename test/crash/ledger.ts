import type { Outcome, Person } from './person.ts';
import type { Random } from './random.ts';

/** Lives of processes at one moment, by their names. */
export type Lives = Readonly<Record<string, number>>;

/**
 * Somebody asked and got neither yes nor no, so it may be done now, later or never. Until every process that could still be at it has died,
 * nothing is asked of the same thing but the same again: else nobody could say what must come of it.
 */
export interface Doubt {
  toward: string;
  since: Lives;
}

/** A thing that acts change one at a time. */
export interface Thing {
  busy: boolean;
  doubt: Doubt | null;
  /** What was asked of it when, and how it came out: for whoever looks into a broken promise. */
  story: string[];
}

export function remember({ story }: Thing, what: string, outcome?: Outcome): void {
  const answer = outcome && { yes: 'yes', no: (outcome as { code?: string }).code, unknown: 'open' }[outcome.kind];
  story.push(`${new Date().toISOString().slice(14, 23)} ${what}${answer ? ` ${answer}` : ''}`);
}

export interface Community {
  id: string;
  slug: string;
  owner: Person;
  isOpen: boolean;
}

export type Standing = 'out' | 'invited' | 'in' | 'banned';

/** What one person was told about their place in one community. */
export interface Cell extends Thing {
  community: Community;
  person: Person;
  is: Standing;
  /** Roles of which one must be held; more than one where a change of it was left open. */
  roles: Set<string>;
  /** Binding of the helpers' role beside the membership; `maybe` where its end was left open. */
  helper: string | 'maybe' | null;
  /** Whose memberships end with that of the tenant; nobody else touches them. */
  isDrifting: boolean;
}

export interface Team extends Thing {
  id: string;
  slug: string;
  community: Community;
  is: 'live' | 'gone';
  seats: Map<Person, 'in' | 'out' | 'maybe'>;
}

export interface Post {
  title: string;
  id: string;
  cell: Cell;
  is: 'live' | 'gone' | 'maybe';
}

/** A session that was ended, by its cookie. */
export interface DeadSession {
  person: Person;
  cookie: string;
}

/** Somebody who signed up, and what they were last told about the tenant. */
export interface Resident extends Thing {
  person: Person;
  isIn: boolean;
}

/** Everything that was acknowledged to clients, and what is open. */
export class Ledger {
  readonly people: Person[] = [];
  readonly residents: Resident[] = [];
  readonly communities: Community[] = [];
  /** Short names of communities of which nobody knows whether they were made. */
  readonly openSlugs = new Set<string>();
  readonly teams: Team[] = [];
  readonly openTeamSlugs = new Set<string>();
  readonly posts: Post[] = [];
  readonly deadSessions: DeadSession[] = [];
  /** Promises that were seen to be broken while the storm went on. */
  readonly broken: string[] = [];
  readonly #cells = new Map<string, Cell>();
  readonly #lives: () => Lives;

  constructor(lives: () => Lives) {
    this.#lives = lives;
  }

  get cells(): Cell[] {
    return [...this.#cells.values()];
  }

  cell(community: Community, person: Person): Cell {
    const key = `${community.id} ${person.id}`;
    const known = this.#cells.get(key);
    if (known) return known;
    const fresh: Cell = {
      community,
      person,
      is: 'out',
      roles: new Set(),
      helper: null,
      isDrifting: false,
      busy: false,
      doubt: null,
      story: [],
    };
    this.#cells.set(key, fresh);
    return fresh;
  }

  /** Any pair of a community and one of these people that nobody is at, and of which that holds. */
  freeCell(random: Random, people: readonly Person[], holds: (cell: Cell) => boolean): Cell | undefined {
    for (let tries = 0; tries < 30; tries++) {
      const community = random.pick(this.communities);
      const person = random.pick(people);
      if (!community || !person) return undefined;
      const cell = this.cell(community, person);
      if (!cell.busy && holds(cell)) return cell;
    }
    return undefined;
  }

  /** Whether this may be asked of the thing now. */
  mayGo({ doubt }: Thing, toward: string): boolean {
    return doubt === null || doubt.toward === toward;
  }

  leaveOpen(thing: Thing, toward: string): void {
    thing.doubt = { toward, since: this.#lives() };
  }

  /** Whether all who could still be at what was left open have died since. */
  hasSettled({ doubt }: Thing): boolean {
    if (!doubt) return false;
    const now = this.#lives();
    return Object.entries(doubt.since).every(([name, life]) => (now[name] ?? 0) > life);
  }

  teamsOf(community: Community): Team[] {
    return this.teams.filter((team) => team.community === community);
  }
}

/** Does something with a thing while nobody else may. */
export async function alone(things: Thing[], act: () => Promise<void>): Promise<void> {
  for (const thing of things) thing.busy = true;
  try {
    await act();
  } finally {
    for (const thing of things) thing.busy = false;
  }
}
