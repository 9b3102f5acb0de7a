// Open-loop load in a process of its own: requests leave when they are due, however late the answers to earlier ones are.
import { Agent, request } from 'node:http';

interface Order {
  url: string;
  perSecond: number;
  seconds: number;
  /** Addresses that the requests seem to come from. */
  addresses: readonly string[];
  query: string;
}

export interface Load {
  sent: number;
  /** Milliseconds of each answer that was good. */
  good: number[];
  refused: number;
  failed: number;
  /** Milliseconds after the beginning at which the good answers of each second ended. */
  goodPerSecond: number[];
}

const TICK_MS = 5;

function main(order: Order): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
  const body = JSON.stringify({ query: order.query });
  const load: Load = { sent: 0, good: [], refused: 0, failed: 0, goodPerSecond: [] };
  const began = performance.now();
  let open = 0;

  function send(): void {
    const at = performance.now();
    const address = order.addresses[load.sent++ % order.addresses.length] as string;
    open++;
    const headers = { 'content-type': 'application/json', 'content-length': body.length, 'x-forwarded-for': address };
    const asking = request(order.url, { method: 'POST', agent, headers, timeout: 5_000 }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        open--;
        if (answer.statusCode === 200) {
          load.good.push(performance.now() - at);
          const second = Math.floor((performance.now() - began) / 1_000);
          load.goodPerSecond[second] = (load.goodPerSecond[second] ?? 0) + 1;
        } else load.refused++;
      });
    });
    asking.once('timeout', () => asking.destroy());
    asking.once('error', () => {
      open--;
      load.failed++;
    });
    asking.end(body);
  }

  const timer = setInterval(() => {
    const elapsed = (performance.now() - began) / 1_000;
    const due = Math.min(elapsed, order.seconds) * order.perSecond;
    while (load.sent < due) send();
    if (elapsed < order.seconds || (open > 0 && elapsed < order.seconds + 6)) return;
    clearInterval(timer);
    agent.destroy();
    process.send?.(load, () => process.disconnect());
  }, TICK_MS);
}

process.once('message', (order) => main(order as Order));
