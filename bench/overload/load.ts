// Open-loop load in a process of its own: requests leave when they are due, however late the answers to earlier ones are. It writes to plain
// sockets, because on two cores a costly client would take from the server what it is to measure.
import { connect, type Socket } from 'node:net';

interface Order {
  url: string;
  perSecond: number;
  seconds: number;
  /** Addresses that the requests seem to come from. */
  addresses: readonly string[];
  /** Slug of the tenant that the requests name, if they name one. */
  tenant?: string;
  query: string;
}

export interface Load {
  sent: number;
  /** Milliseconds of each answer that was good. */
  good: number[];
  refused: number;
  failed: number;
  /** Good answers that ended in each second after the beginning. */
  goodPerSecond: number[];
  /** Seconds of CPU that the load itself took, of the cores that it shares with what it measures. */
  cpuSeconds: number;
}

/** Requests that leave together would be a burst that no crowd of clients sends. */
const TICK_MS = 1;
const TIMEOUT_MS = 5_000;
const MAX_SOCKETS = 2_000;
const HEAD_END = Buffer.from('\r\n\r\n');

/** A connection that asks one thing at a time. */
interface Line {
  socket: Socket;
  read: Buffer;
  sentAt: number;
}

/** The status of a whole answer, or null as long as something is missing. */
function statusOf(read: Buffer): number | null {
  const headEnd = read.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = read.toString('latin1', 0, headEnd);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  return read.length >= headEnd + HEAD_END.length + length ? Number(head.slice(9, 12)) : null;
}

/** Connections that are kept and used again, as a proxy in front of the service has them. */
class Lines {
  readonly #order: Order;
  readonly #requests: string[];
  readonly #all = new Set<Line>();
  readonly #idle: Line[] = [];
  /** When those were due that no connection is free for. */
  readonly #late: number[] = [];
  readonly #began = performance.now();
  readonly load: Load = { sent: 0, good: [], refused: 0, failed: 0, goodPerSecond: [], cpuSeconds: 0 };

  constructor(order: Order) {
    this.#order = order;
    const { host, pathname } = new URL(order.url);
    const body = JSON.stringify({ query: order.query });
    const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}${order.tenant ? `\r\nx-tenant: ${order.tenant}` : ''}`;
    this.#requests = order.addresses.map((address) => `${head}\r\nx-forwarded-for: ${address}\r\n\r\n${body}`);
  }

  get isBusy(): boolean {
    return this.#idle.length < this.#all.size;
  }

  send(): void {
    this.load.sent++;
    const due = performance.now();
    const line = this.#idle.pop() ?? (this.#all.size < MAX_SOCKETS ? this.#open() : undefined);
    if (line) this.#ask(line, due);
    else this.#late.push(due);
  }

  giveUpLate(): void {
    const now = performance.now();
    for (const { socket, sentAt } of this.#all) if (sentAt > 0 && now - sentAt > TIMEOUT_MS) socket.destroy();
  }

  end(): void {
    for (const { socket } of this.#all) socket.destroy();
  }

  #ask(line: Line, due: number): void {
    line.sentAt = due;
    line.socket.write(this.#requests[this.load.sent % this.#requests.length] as string);
  }

  #open(): Line {
    const { hostname, port } = new URL(this.#order.url);
    const socket = connect(Number(port), hostname);
    const line: Line = { socket, read: Buffer.alloc(0), sentAt: 0 };
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      line.read = line.read.length === 0 ? chunk : Buffer.concat([line.read, chunk]);
      const status = statusOf(line.read);
      if (status === null) return;
      line.read = Buffer.alloc(0);
      this.#answered(line, status);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#gone(line));
    this.#all.add(line);
    return line;
  }

  #answered(line: Line, status: number): void {
    const now = performance.now();
    if (status === 200) {
      this.load.good.push(now - line.sentAt);
      const second = Math.floor((now - this.#began) / 1_000);
      this.load.goodPerSecond[second] = (this.load.goodPerSecond[second] ?? 0) + 1;
    } else this.load.refused++;
    line.sentAt = 0;
    const due = this.#late.shift();
    if (due === undefined) this.#idle.push(line);
    else this.#ask(line, due);
  }

  #gone(line: Line): void {
    this.#all.delete(line);
    if (line.sentAt > 0) this.load.failed++;
    else this.#idle.splice(this.#idle.indexOf(line), 1);
  }
}

function main(order: Order): void {
  const { perSecond, seconds } = order;
  const lines = new Lines(order);
  const began = performance.now();
  const timer = setInterval(() => {
    const elapsed = (performance.now() - began) / 1_000;
    const due = Math.min(elapsed, seconds) * perSecond;
    while (lines.load.sent < due) lines.send();
    lines.giveUpLate();
    if (elapsed < seconds || (lines.isBusy && elapsed < seconds + 6)) return;
    clearInterval(timer);
    lines.end();
    const { user, system } = process.cpuUsage();
    lines.load.cpuSeconds = (user + system) / 1e6;
    process.send?.(lines.load, () => process.disconnect());
  }, TICK_MS);
}

process.once('message', (order) => main(order as Order));
