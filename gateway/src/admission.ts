import type { Clock } from '@polity/kernel/clock';
import { type Adaptive, adaptiveLimit } from './adaptive-limit.ts';
import { type Crowd, crowd, lately, type Member } from './crowd.ts';

/** Longest wait in a full house: whoever waits longer is better off being told to come again. */
const WAIT_MS = 400;
/** Longest wait for a share of one's own while there is room for others, as of a page that asks for many things at once. */
const OWN_WAIT_MS = 5_000;
/** Requests of one payer that wait. */
const WAITING_PER_PAYER = 32;
/** Requests that wait in all. */
const MAX_WAITING = 256;
/** Requests of a payer that run at once, however low the limit is. */
const LEAST_PER_PAYER = 4;

/** For how long somebody who asked for more than may wait counts as flooding, as long as there are others. */
const FLOOD_MS = 1_000;
/** A payer who floods is served one at a time, and leaves so many times as long as that took to the others. */
const PAYER_RESTS = 4;
/** So many requests of one network or tenant that wait are a flood of several payers, none of whom floods alone: more than one may have waiting. */
const FLOOD_WAITING = 1.5 * WAITING_PER_PAYER;
/** Requests of a flooding network or tenant that run at once, and how long it leaves to the others after each. */
const FLOODING_TOGETHER = 1;
const GROUP_RESTS = 2;

/** Shares of the limit: of a payer always, of a network and a tenant as long as there are others. */
const SHARES = { payer: 1 / 8, network: 1 / 2, tenant: 1 / 3 };

/** Whom a request counts for. */
export interface Party {
  payer: string;
  network: string;
  tenant: string;
}

/** `payer` where its own requests crowd each other out, `load` where everybody's do. */
export type Refusal = 'payer' | 'load';

/** A request that wants to run. */
export interface Turn {
  /** Null once it may run; else why it may not. */
  ready: Promise<Refusal | null>;
  /** To be called once, whenever it is over, also while it waits. `sample` says whether its time tells how loaded this process is. */
  over(sample: boolean): void;
}

/** What a request counts for, looked up once. */
interface Members {
  payer: Member;
  network: Member;
  tenant: Member;
}

interface Entry extends Members {
  startedAt: number;
  timer: NodeJS.Timeout | undefined;
  state: 'waiting' | 'running' | 'over';
  settle(refusal: Refusal | null): void;
}

const isFlooding = ({ floodsUntil }: Member, among: Crowd, now: number) => floodsUntil > now && among.size > 1;

const shareOf = (limit: number, part: number) => Math.max(LEAST_PER_PAYER, Math.ceil(limit * part));

/**
 * Lets as many requests run at once as answers stay quick with (`adaptive-limit.ts`), whoever sends them: a payer, a network and a tenant have
 * their share of it, the rest waits for a moment, and whoever had the least running time lately goes first.
 */
export class Admission {
  readonly #clock: Clock;
  readonly #limit: Adaptive;
  readonly #stuckCalls: () => number;
  readonly #payers: Crowd;
  readonly #networks: Crowd;
  readonly #tenants: Crowd;
  readonly #queue = new Set<Entry>();
  #running = 0;

  /** `stuckCalls` says how many calls of requests that run wait for subgraphs that answer none: they take time, and no work. */
  constructor(maxRunning: number, clock: Clock, stuckCalls: () => number = () => 0) {
    this.#stuckCalls = stuckCalls;
    this.#clock = clock;
    this.#limit = adaptiveLimit(maxRunning, clock);
    [this.#payers, this.#networks, this.#tenants] = [crowd(clock), crowd(clock), crowd(clock)];
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get limit(): number {
    return this.#limit.value;
  }

  /** Everything runs at once that may. */
  get #isCrowded(): boolean {
    return this.#running >= this.#limit.value + this.#stuckCalls();
  }

  /** In a full house nobody is let in who would wait for nothing: reading what is refused after all takes time from those that are served. */
  get #isQueueFull(): boolean {
    const { size } = this.#queue;
    return size >= MAX_WAITING || (this.#isCrowded && size * this.#limit.middleMs > WAIT_MS * this.#limit.value);
  }

  /** Refuses a request whose body need not be read, as it would find no place; null where it goes on to `enter`. */
  refuseEarly(party: Party): Refusal | null {
    const members = this.#membersOf(party);
    if (this.#isCrowded) this.#limit.crowded();
    if (this.#mayRun(members)) return null;
    const { refusal } = this.#roomFor(members);
    if (refusal === 'payer') this.#holdBack(members.payer);
    return refusal;
  }

  enter(party: Party): Turn {
    const { promise: ready, resolve } = Promise.withResolvers<Refusal | null>();
    const members = this.#membersOf(party);
    const entry: Entry = { ...members, startedAt: 0, timer: undefined, state: 'over', settle: resolve };
    // Whoever waits already is held back by a share of their own, else there would be no room.
    if (this.#mayRun(entry)) this.#run(entry);
    else this.#wait(entry);
    return { ready, over: (sample) => this.#over(entry, sample) };
  }

  #membersOf({ payer, network, tenant }: Party): Members {
    return { payer: this.#payers.of(payer), network: this.#networks.of(network), tenant: this.#tenants.of(tenant) };
  }

  #mayRun({ payer, network, tenant }: Members): boolean {
    const limit = this.#limit.value;
    const stuck = this.#stuckCalls();
    const now = this.#clock.nowMs();
    const hasRoom = ({ running }: Member, part: number) => running < shareOf(limit, part) + stuck;
    const leavesRoom = (member: Member, among: Crowd, atOnce: number) =>
      !isFlooding(member, among, now) || (member.running < atOnce + stuck && member.restsUntil <= now);
    return (
      this.#running < limit + stuck &&
      hasRoom(payer, SHARES.payer) &&
      (hasRoom(network, SHARES.network) || this.#networks.size === 1) &&
      (hasRoom(tenant, SHARES.tenant) || this.#tenants.size === 1) &&
      leavesRoom(payer, this.#payers, 1) &&
      leavesRoom(network, this.#networks, FLOODING_TOGETHER) &&
      leavesRoom(tenant, this.#tenants, FLOODING_TOGETHER)
    );
  }

  #count({ payer, network, tenant }: Members, what: 'running' | 'waiting', by: 1 | -1): void {
    for (const member of [payer, network, tenant]) member[what] += by;
    if (what === 'running') this.#running += by;
  }

  #run(entry: Entry): void {
    entry.state = 'running';
    entry.startedAt = this.#clock.nowMs();
    this.#count(entry, 'running', 1);
    entry.settle(null);
  }

  #wait(entry: Entry): void {
    // A payer who waits for a share of their own says nothing about the load.
    if (this.#isCrowded) this.#limit.crowded();
    const { refusal, victim } = this.#roomFor(entry);
    if (refusal) {
      if (refusal === 'payer') this.#holdBack(entry.payer);
      this.#refuse(entry, refusal);
      return;
    }
    if (victim) this.#refuse(victim, 'load');
    entry.state = 'waiting';
    this.#queue.add(entry);
    this.#count(entry, 'waiting', 1);
    this.#expect(entry, OWN_WAIT_MS);
  }

  #expect(entry: Entry, patience: number): void {
    entry.timer = setTimeout(() => {
      if (this.#isCrowded) this.#refuse(entry, 'load');
      else if (patience <= WAIT_MS) this.#refuse(entry, 'payer');
      else this.#expect(entry, patience - WAIT_MS);
    }, WAIT_MS);
  }

  #holdBack(flooding: Member): void {
    flooding.floodsUntil = this.#clock.nowMs() + FLOOD_MS;
  }

  /** Whoever floods runs nothing for so long, as long as there are others. */
  #rest(member: Member, among: Crowd, ms: number): void {
    const now = this.#clock.nowMs();
    if (!isFlooding(member, among, now)) return;
    const rest = Math.min(FLOOD_MS, ms);
    member.restsUntil = now + rest;
    setTimeout(() => this.#fill(), rest).unref();
  }

  /**
   * Why there is no place in the queue; in a full one, a request of whoever floods goes for one of somebody who does not, else the last one of
   * whoever has the most there for one of somebody with less.
   */
  #roomFor(members: Members): { refusal: Refusal | null; victim?: Entry } {
    const { payer, network, tenant } = members;
    const { waiting } = payer;
    if (waiting >= WAITING_PER_PAYER) return { refusal: 'payer' };
    for (const group of [network, tenant]) if (group.waiting >= FLOOD_WAITING) this.#holdBack(group);
    if (!this.#isQueueFull) return { refusal: null };
    const isPatient = !this.#floods(members);
    let victim: Entry | undefined;
    let most = waiting + 1;
    for (const entry of this.#queue) {
      if (isPatient && this.#floods(entry)) return { refusal: null, victim: entry };
      const theirs = entry.payer.waiting;
      if (theirs > most || (victim && theirs === most)) [victim, most] = [entry, theirs];
    }
    return victim ? { refusal: null, victim } : { refusal: 'load' };
  }

  #floods({ payer, network, tenant }: Members): boolean {
    const now = this.#clock.nowMs();
    return (
      isFlooding(payer, this.#payers, now) ||
      isFlooding(network, this.#networks, now) ||
      isFlooding(tenant, this.#tenants, now)
    );
  }

  #leaveQueue(entry: Entry): void {
    clearTimeout(entry.timer);
    this.#queue.delete(entry);
    this.#count(entry, 'waiting', -1);
  }

  #refuse(entry: Entry, refusal: Refusal): void {
    if (entry.state === 'waiting') this.#leaveQueue(entry);
    entry.state = 'over';
    entry.settle(refusal);
  }

  #next(): Entry | undefined {
    const now = this.#clock.nowMs();
    let best: Entry | undefined;
    let least = Number.POSITIVE_INFINITY;
    const seen = new Set<Member>();
    for (const entry of this.#queue) {
      if (seen.has(entry.payer)) continue;
      seen.add(entry.payer);
      const used = lately(entry.payer, now);
      if (used < least && this.#mayRun(entry)) [best, least] = [entry, used];
    }
    return best;
  }

  #fill(): void {
    if (this.#queue.size === 0 || this.#isCrowded) return;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      this.#leaveQueue(entry);
      this.#run(entry);
    }
  }

  #over(entry: Entry, sample: boolean): void {
    if (entry.state === 'waiting') this.#refuse(entry, 'load');
    if (entry.state !== 'running') return;
    entry.state = 'over';
    const ms = this.#clock.nowMs() - entry.startedAt;
    this.#count(entry, 'running', -1);
    lately(entry.payer, this.#clock.nowMs());
    entry.payer.used += ms;
    this.#rest(entry.payer, this.#payers, PAYER_RESTS * ms);
    this.#rest(entry.network, this.#networks, GROUP_RESTS * ms);
    this.#rest(entry.tenant, this.#tenants, GROUP_RESTS * ms);
    if (sample) this.#limit.took(ms);
    this.#fill();
  }
}
