import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Backend {
  port: number;
  opsPort: number;
}

/** A balancer as they come: it keeps connections, believes `/readyz`, takes turns, and never sends a request twice. */
export interface Balancer {
  port: number;
  /** Requests that got no answer or a 5xx, each with its reason. */
  failures: string[];
  passed: number;
  isReady(backend: Backend): boolean;
  close(): Promise<void>;
}

const PROBE_MS = 200;
/** Probes in a row that a backend must miss before it is left out; one that is merely slow on a busy machine is not. */
const MISSES = 8;

async function isUp({ opsPort }: Backend): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => null);
  return answer?.status === 200;
}

export async function startBalancer(backends: readonly Backend[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const ready = new Set<Backend>();
  const failures: string[] = [];
  let turn = 0;
  let passed = 0;

  function fail(response: ServerResponse, why: string): void {
    failures.push(why);
    if (!response.headersSent) response.writeHead(502).end();
  }

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const choice = [...ready];
    const backend = choice[turn++ % choice.length];
    if (!backend) {
      fail(response, 'nothing is ready');
      return;
    }
    const { method = 'GET', url = '/', headers } = request;
    const onward = httpRequest(
      { agent, port: backend.port, host: '127.0.0.1', method, path: url, headers },
      (answer) => {
        passed++;
        if ((answer.statusCode ?? 0) >= 500) failures.push(`${backend.port} answered ${answer.statusCode}`);
        const { connection: _hop, 'keep-alive': _alive, ...passedOn } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, passedOn);
        answer.pipe(response);
      },
    );
    onward.on('error', (error) => fail(response, `${backend.port}: ${error.message}`));
    request.pipe(onward);
  }

  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const missed = new Map<Backend, number>();
  const look = async (backend: Backend) => {
    const misses = (await isUp(backend)) ? 0 : (missed.get(backend) ?? 0) + 1;
    missed.set(backend, misses);
    if (misses === 0) ready.add(backend);
    if (misses >= MISSES) ready.delete(backend);
  };
  const timer = setInterval(() => backends.map(look), PROBE_MS);
  return {
    port: (server.address() as AddressInfo).port,
    failures,
    get passed() {
      return passed;
    },
    isReady: (backend) => ready.has(backend),
    async close() {
      clearInterval(timer);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
