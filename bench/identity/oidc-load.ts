// Load on the token endpoints, in a process of its own so that it does not count as the server's work.
import { Agent, request } from 'node:http';

/** What to send, how often at once and for how long. */
export interface LoadSpec {
  port: number;
  path: string;
  authorization: string;
  /** Form of each request; `{token}` stands for what the request before it in the same lane answered. */
  form: string;
  /** First token of each lane; as many lanes as tokens. */
  lanes: string[];
  /** Field of the answer that is the lane's next token; empty to keep the first. */
  next: string;
  seconds: number;
}

export interface LoadResult {
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  failed: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function send({ port, path, authorization }: LoadSpec, body: string): Promise<{ status: number; text: string }> {
  const headers = {
    authorization,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function lane(spec: LoadSpec, first: string, end: number, times: number[]): Promise<number> {
  let token = first;
  let failed = 0;
  while (performance.now() < end) {
    const start = performance.now();
    const { status, text } = await send(spec, spec.form.replace('{token}', encodeURIComponent(token)));
    times.push(performance.now() - start);
    if (status !== 200) failed += 1;
    else if (spec.next) token = String((JSON.parse(text) as Record<string, unknown>)[spec.next]);
  }
  return failed;
}

async function run(spec: LoadSpec): Promise<LoadResult> {
  const times: number[] = [];
  const start = performance.now();
  const failures = await Promise.all(spec.lanes.map((first) => lane(spec, first, start + spec.seconds * 1000, times)));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  const failed = failures.reduce((sum, count) => sum + count, 0);
  return { perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99), failed };
}

process.on('message', (spec: LoadSpec) => {
  void run(spec).then((result) => process.send?.(result));
});
