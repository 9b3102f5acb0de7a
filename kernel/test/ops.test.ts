import { tmpdir } from 'node:os';
import { diskSpace } from '../src/ops/disk.ts';
import { type OpsOptions, opsServer } from '../src/ops/server.ts';

const away = async () => {
  throw new Error('away');
};
const well = async () => {};
const metrics = async () => ({ contentType: 'text/plain', text: '' });

async function readyz(options: Omit<OpsOptions, 'metrics'>) {
  const { app } = opsServer({ ...options, metrics });
  const { statusCode, body } = await app.inject('/readyz');
  await app.close();
  return { ...JSON.parse(body), status: statusCode };
}

describe('readiness', () => {
  it('fails for what this process cannot do without, and names it', async () => {
    const answer = await readyz({ checks: { database: away }, degraded: { bus: well } });
    expect(answer).toEqual({ ...answer, status: 503, checks: { database: 'failed' }, degraded: { bus: 'ok' } });
  });

  it('names what else is away, and stays', async () => {
    expect(await readyz({ checks: { database: well }, degraded: { store: away, bus: away } })).toMatchObject({
      checks: { database: 'ok' },
      degraded: { store: 'failed', bus: 'failed' },
    });
    const { app } = opsServer({ checks: {}, degraded: { store: away }, metrics });
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    await app.close();
  });

  it('fails where the disk is all but full', async () => {
    await expect(diskSpace(tmpdir(), 1)()).resolves.toBeUndefined();
    await expect(diskSpace(tmpdir(), Number.MAX_SAFE_INTEGER)()).rejects.toThrow('bytes are free');
  });
});
