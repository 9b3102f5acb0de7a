import { childFor, createLogger, type LoggerOptions } from '../src/log/logger.ts';
import { anonymous } from '../src/request/context.ts';

function recorded(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const log = createLogger({ service: 'portal', stream: { write: (line) => void lines.push(line) }, ...options });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

const CANARY = 'c4n4ry-7f3a';

describe('a log line', () => {
  it('is JSON with time, level, service, message and fields', () => {
    const { log, last } = recorded();
    log.warn({ durationMs: 12 }, 'slow');
    expect(last()).toEqual({
      ts: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'warn',
      service: 'portal',
      durationMs: 12,
      msg: 'slow',
    });
  });

  it('has each field once, the newest one, whatever its parents had', () => {
    const { log, lines, last } = recorded();
    const child = log.child({ service: 'access', requestId: 'r-1' }).child({ tenant: 't-1' });
    child.child({ requestId: 'r-2' }).info('done');
    expect(lines[0]?.match(/"service"/g)).toHaveLength(1);
    expect(lines[0]?.match(/"requestId"/g)).toHaveLength(1);
    expect(last()).toMatchObject({ service: 'access', requestId: 'r-2', tenant: 't-1', msg: 'done' });
    log.info('still itself');
    expect(last()).toMatchObject({ service: 'portal', msg: 'still itself' });
  });

  it('is left out below the level', () => {
    const { log, lines } = recorded({ level: 'warn' });
    log.info('hidden');
    expect(lines).toEqual([]);
  });
});

describe('secrets', () => {
  const keys = [
    'password',
    'newPassword',
    'currentPassword',
    'token',
    'access_token',
    'refreshToken',
    'secret',
    'client_secret',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'code',
    'totp',
    'recoveryCode',
    'x-polity-context',
    'signature',
  ];

  it.each(keys)('%s is hidden at the top, in an object, in a list and in a header', (key) => {
    const { log, lines } = recorded();
    log.info(
      { [key]: CANARY, input: { [key]: CANARY }, rows: [{ [key]: CANARY }], req: { headers: { [key]: CANARY } } },
      'sign in',
    );
    expect(lines.join()).not.toContain(CANARY);
    expect(lines.join()).toContain('[redacted]');
  });

  it('are hidden in the fields of a child logger', () => {
    const { log, lines } = recorded();
    const child = log.child({ token: CANARY, input: { password: CANARY } });
    child.info('x');
    child.child({ secret: CANARY, requestId: 'r-2' }).info('x');
    expect(lines.join()).not.toContain(CANARY);
    expect(lines[1]).toContain('r-2');
    expect(lines[1]).toContain('"token":"[redacted]"');
  });

  it('are hidden in the properties of an error, in its causes and in the row that the database quotes', () => {
    const { log, lines, last } = recorded();
    const row = `insert failed\n - detail: Failing row contains (1, ${CANARY},\nsecond line ${CANARY}).\n - hint: none`;
    const cause = Object.assign(new Error(row), { detail: CANARY, parameters: [CANARY], code: '23514' });
    log.error({ err: Object.assign(new Error('no', { cause }), { password: CANARY }) }, 'failed');
    expect(lines.join()).not.toContain(CANARY);
    expect(last().err.cause).toMatchObject({ code: '23514', message: 'insert failed\n - hint: none' });
  });

  it('do not take the neighbours with them, nor change what was logged', () => {
    const { log, last } = recorded();
    const input = { email: 'a@x.test', password: CANARY };
    log.info({ input, at: new Date(0), none: null }, 'x');
    expect(last()).toMatchObject({ input: { email: 'a@x.test' }, at: '1970-01-01T00:00:00.000Z', none: null });
    expect(input.password).toBe(CANARY);
  });
});

describe('an error', () => {
  it('is logged with type, message, code, stack and its chain of causes', () => {
    const { log, last } = recorded();
    log.error(
      { err: new TypeError('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNREFUSED' }) }) },
      'failed',
    );
    expect(last().err).toMatchObject({
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('logger.test'),
      cause: { type: 'Error', message: 'inner', code: 'ECONNREFUSED' },
    });
  });

  it('that causes itself is logged all the same', () => {
    const { log, lines } = recorded();
    const error = new Error('loop');
    error.cause = error;
    log.error(error);
    expect(lines).toHaveLength(1);
  });
});

describe('childFor', () => {
  it('names request and tenant, and the viewer by a hash only', () => {
    const { log, lines, last } = recorded();
    childFor(log, { requestId: 'r-1', tenantId: 't-1', viewer: { ...anonymous, kind: 'user', id: CANARY } }).info('x');
    expect(last()).toMatchObject({
      requestId: 'r-1',
      tenant: 't-1',
      viewer: expect.stringMatching(/^user:[0-9a-f]{12}$/),
    });
    expect(lines.join()).not.toContain(CANARY);
  });

  it('says anonymous where nobody signed in', () => {
    const { log, last } = recorded();
    childFor(log, { requestId: 'r-1', tenantId: null, viewer: anonymous }).info('x');
    expect(last().viewer).toBe('anonymous');
  });
});

describe('the readable form', () => {
  it('is one line with time, level, service, message and fields', () => {
    const { log, lines } = recorded({ pretty: true });
    log.info({ port: 4000, path: '/a b', password: CANARY }, 'listening');
    expect(lines).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d info {2}portal listening port=4000 path="\/a b" password=\[redacted\]\n$/),
    ]);
  });

  it('ends with the message where there are no fields', () => {
    const { log, lines } = recorded({ pretty: true });
    log.info('ready');
    expect(lines[0]).toMatch(/portal ready\n$/);
  });

  it('shows the stack of an error below', () => {
    const { log, lines } = recorded({ pretty: true });
    log.error({ err: new Error('broken') }, 'failed');
    expect(lines[0]).toMatch(/error portal failed\n {4}Error: broken\n {8,}at /);
  });
});
