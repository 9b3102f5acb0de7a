import fastify, { type FastifyInstance } from 'fastify';

/** One thing that must work for this process to serve; throws when it does not. */
export type Check = () => Promise<void>;

export interface OpsOptions {
  /** Named checks behind `/readyz`. */
  checks: Record<string, Check>;
  /** Checks whose failure is reported but takes nothing out of service. */
  degraded?: Record<string, Check>;
  metrics(): Promise<{ contentType: string; text: string }>;
}

/** The server of `/livez`, `/readyz` and `/metrics`, apart from the public port. `drain` makes it answer 503 from then on. */
export interface OpsServer {
  app: FastifyInstance;
  drain(): void;
}

const CHECK_MS = 1_000;

async function outcome(check: Check): Promise<'ok' | 'failed'> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('too slow')), CHECK_MS);
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

async function outcomes(checks: Record<string, Check>): Promise<Record<string, string>> {
  const names = Object.keys(checks);
  const results = await Promise.all(names.map((name) => outcome(checks[name] as Check)));
  return Object.fromEntries(names.map((name, index) => [name, results[index] as string]));
}

/** Makes the operations server; the caller listens. Checks run for at most a second, and at most once a second. */
export function opsServer(options: OpsOptions): OpsServer {
  const app = fastify({ logger: false });
  let draining = false;
  let last: { at: number; report: Promise<Record<string, string>[]> } | undefined;
  const report = () => {
    if (!last || Date.now() - last.at > CHECK_MS) {
      last = { at: Date.now(), report: Promise.all([outcomes(options.checks), outcomes(options.degraded ?? {})]) };
    }
    return last.report;
  };
  app.get('/livez', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const [checks = {}, degraded = {}] = await report();
    const ready = !draining && Object.values(checks).every((value) => value === 'ok');
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: draining ? 'draining' : ready ? 'ok' : 'failed', checks, degraded });
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await options.metrics();
    return reply.header('cache-control', 'no-store').type(contentType).send(text);
  });
  return {
    app,
    drain() {
      draining = true;
    },
  };
}
