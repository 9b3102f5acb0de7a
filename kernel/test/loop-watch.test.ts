import fastify from 'fastify';
import { tellAnswers } from '../src/http/answers.ts';
import { createLogger } from '../src/log/logger.ts';
import { metrics } from '../src/metrics/metrics.ts';

const lines: string[] = [];
const app = fastify({ genReqId: () => 'the-one-that-held-it' });
tellAnswers(app, createLogger({ service: 'test', stream: { write: (line) => void lines.push(line) } }));
app.get('/hold', async () => {
  const until = performance.now() + 300;
  while (performance.now() < until);
  return 'x';
});
app.get('/wait', async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return 'x';
});
afterAll(() => app.close());

const held = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'a request held the event loop');

it('a request that holds the event loop is logged under its id and counted, one that waits is not', async () => {
  await app.inject('/wait');
  expect(held()).toEqual([]);
  await app.inject('/hold');
  expect(held()).toEqual([expect.objectContaining({ step: 'handle', requestId: 'the-one-that-held-it' })]);
  expect(held()[0].ms).toBeGreaterThanOrEqual(299);
  const { values } = await metrics().loopHeld.get();
  expect(values.find(({ labels }) => labels.step === 'handle')?.value).toBe(1);
});
