import { request } from 'node:http';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';
import { type AttackClass, ceilingMs } from './ceilings.ts';
import { leastCpuMs, longestWait } from './measure.ts';

/** `ATTACK_SEED` makes a search take other ways; by default every run of the gate is the same. */
export const SEED = Number(process.env.ATTACK_SEED ?? 8);
/** `ATTACK_SECONDS`: how long each search looks for something dearer. Without it none takes more than a moment, and nothing is reported. */
export const SECONDS = Number(process.env.ATTACK_SECONDS ?? 0);

/** One request of an attacker. */
export interface Attack {
  body: string | Buffer;
  /** `POST` `/graphql` with JSON by default. */
  method?: string;
  path?: string;
  headers?: Record<string, string>;
}

/** What came back. */
export interface Outcome {
  status: number;
  bytes: number;
  /** The beginning of the answer, enough to see its error. */
  text: string;
}

export interface Measured extends Outcome {
  sentBytes: number;
  /** CPU milliseconds of the event loop for one such request. */
  cpuMs: number;
}

/** The real gateway with its real subgraphs, in this process, behind a real port; nobody is limited in how much they may ask. */
export interface Target {
  at: GatewayWorld;
  send(attack: Attack): Promise<Outcome>;
  /** Sends it several times; `make` gets the number of the run, so that each is new to all caches. */
  measure(make: (run: number) => Attack): Promise<Measured>;
  /** Measures, reports where asked to, and fails above the ceiling of the class. */
  withstands(name: AttackClass, what: string, make: (run: number) => Attack): Promise<Measured>;
  close(): Promise<void>;
}

/** A GraphQL request as JSON. */
export const graphql = (
  query: string,
  variables?: Record<string, unknown>,
  headers?: Record<string, string>,
): Attack => ({
  body: JSON.stringify({ query, variables }),
  ...(headers ? { headers } : {}),
});

const SHOWN = 4_000;

function exchange(port: number, { body, method = 'POST', path = '/graphql', headers }: Attack): Promise<Outcome> {
  const all = { host: 'localhost:4000', 'content-type': 'application/json', ...headers };
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers: all, agent: false }, (answer) => {
      let bytes = 0;
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (text.length < SHOWN) text += chunk.subarray(0, SHOWN).toString('utf8');
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes, text }));
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** Says what an attack cost, for whoever asked for a search. */
export function report(name: AttackClass, what: string, { sentBytes, status, cpuMs }: Measured, wait: number): void {
  const figures = `${sentBytes} B, status ${status}, ${cpuMs.toFixed(1)} ms CPU, a bystander waited ${wait.toFixed(0)} ms`;
  process.stdout.write(`attack on ${name}: ${what}: ${figures}\n`);
}

/** Fails above the ceiling of the class. */
export function hold(name: AttackClass, what: string, { sentBytes, cpuMs }: Measured): void {
  const withstood = cpuMs <= ceilingMs(name, sentBytes);
  expect({ what, withstood, ...(withstood ? {} : { cpuMs }) }).toEqual({ what, withstood: true });
}

/** Opens the target of one file of attacks. */
export async function openTarget(): Promise<Target> {
  const at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0' } } });
  const send = (attack: Attack) => exchange(at.port, attack);
  const target: Target = {
    at,
    send,
    async measure(make) {
      let outcome: Outcome | undefined;
      const cpuMs = await leastCpuMs(async (run) => {
        outcome = await send(make(run));
      });
      return { ...(outcome as Outcome), sentBytes: Buffer.byteLength(make(0).body), cpuMs };
    },
    async withstands(name, what, make) {
      const measured = await target.measure(make);
      if (SECONDS > 0) report(name, what, measured, await longestWait(at.port, () => send(make(-1))));
      hold(name, what, measured);
      return measured;
    },
    close: () => at.close(),
  };
  // What is loaded and compiled with the first requests is nobody's attack.
  await target.measure((run) => graphql(`{ tenant { id } run${run}: __typename }`));
  return target;
}
