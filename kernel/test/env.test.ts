import { z } from 'zod';
import {
  drainMs,
  flag,
  integer,
  listenHost,
  platformEnv,
  port,
  publicUrlOf,
  readEnv,
  secret,
  url,
} from '../src/config/env.ts';
import { StartError } from '../src/config/start-error.ts';

const read = (piece: z.ZodType, value: string) => readEnv(z.object({ X: piece }), { X: value }, 'test').X;

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message;
  }
  throw new Error('nothing was refused');
}

describe('the settings of a process', () => {
  it('have a default for everything that one process needs', () => {
    expect(readEnv(platformEnv, {}, 'Polity')).toEqual({
      NODE_ENV: 'development',
      PORT: 4000,
      OPS_PORT: 4001,
      DATABASE_CONNECTIONS: 80,
      REDIS_REPLICAS: 0,
      DATA_DIR: '.data',
      SEED: 'demo',
      DEFAULT_TENANT: 'demo',
      LOG_LEVEL: 'info',
      ALLOW_HTTP: false,
    });
  });

  it('keep a development start to its own machine and end it at once; production is open and drains', () => {
    const of = (env: Record<string, string>) => {
      const read = readEnv(platformEnv, env, 'Polity');
      return [listenHost(read), drainMs(read)];
    };
    expect(of({})).toEqual(['127.0.0.1', 0]);
    expect(of({ NODE_ENV: 'production' })).toEqual(['0.0.0.0', 5_000]);
    expect(of({ LISTEN_HOST: '::', DRAIN_MS: '70' })).toEqual(['::', 70]);
    expect(refusal(() => of({ LISTEN_HOST: 'a b' }))).toContain('LISTEN_HOST must be');
  });

  it('let production start over https only, unless somebody says that plain http is meant', () => {
    const of = (env: Record<string, string>) => publicUrlOf(readEnv(platformEnv, env, 'Polity'));
    expect(of({})).toBe('http://localhost:4000');
    expect(of({ NODE_ENV: 'production', PUBLIC_URL: 'https://a.test/' })).toBe('https://a.test');
    for (const PUBLIC_URL of ['', 'http://a.test'])
      expect(refusal(() => of({ NODE_ENV: 'production', PUBLIC_URL }))).toMatch(/^PUBLIC_URL must begin with https/);
    expect(of({ NODE_ENV: 'production', PUBLIC_URL: 'http://a.test', ALLOW_HTTP: 'yes' })).toBe('http://a.test');
  });

  it('are taken from the environment, and nothing else is', () => {
    const env = {
      PORT: '80',
      SEED: 'none',
      DATABASE_URL: 'postgres://u:p@db:5432/x',
      PUBLIC_URL: 'https://acme.test/',
      HOME: '/root',
    };
    const { HOME, ...expected } = { ...env, PORT: 80, PUBLIC_URL: 'https://acme.test' };
    expect(readEnv(platformEnv, env, 'Polity')).toMatchObject(expected);
    expect(readEnv(platformEnv, env, 'Polity')).not.toHaveProperty('HOME', HOME);
  });

  it('count an empty variable as unset', () => {
    expect(readEnv(platformEnv, { PORT: '', REDIS_URL: ' ' }, 'Polity')).toMatchObject({ PORT: 4000 });
  });

  it('are refused all at once, one line each, without their values', () => {
    const env = {
      PORT: 'http',
      OPS_PORT: '70000',
      SEED: 'prod',
      DATABASE_URL: 'mysql://root:hunter2@db',
      POLITY_SECRET: 'hunter3',
    };
    const message = refusal(() => readEnv(platformEnv, env, 'Polity'));
    expect(message.split('\n')).toEqual([
      'Polity: 5 settings are wrong.',
      '  PORT must be a port number between 0 and 65535.',
      '  OPS_PORT must be a port number between 0 and 65535.',
      '  SEED must be demo or none.',
      '  DATABASE_URL must be a URL that starts with postgres:// or postgresql://.',
      '  POLITY_SECRET must be at least 43 characters long.',
    ]);
    expect(message).not.toMatch(/hunter/);
  });

  it('that are missing or wrong alone are told in one sentence', () => {
    expect(refusal(() => readEnv(z.object({ ACCESS_URL: url('http') }), {}, 'gateway'))).toBe(
      'gateway: ACCESS_URL is not set.',
    );
    expect(refusal(() => readEnv(platformEnv, { LOG_LEVEL: 'loud' }, 'Polity'))).toMatch(
      /^Polity: LOG_LEVEL must be trace, debug, .* or silent\.$/,
    );
  });
});

describe('a piece', () => {
  it.each<[string, z.ZodType, string[], string[]]>([
    ['port', port(), ['0', '1', '65535'], ['-1', '65536', '80.5', '0x50', '1e3', ' 80', 'http']],
    [
      'url',
      url('http', 'https'),
      ['http://a', 'https://a.b:1/c?d'],
      ['a.b', '/a', 'ftp://a', 'javascript:alert(1)', 'http://'],
    ],
    ['flag', flag(), ['true', 'FALSE', '1', '0', 'yes', 'off'], ['2', 'maybe']],
    ['secret', secret(4), ['1234'], ['123']],
    ['integer', integer(-1, 10), ['-1', '0', '10'], ['11', '-2', '1.5', 'ten', '']],
  ])('%s takes what it should and refuses the rest', (_name, piece, good, bad) => {
    for (const value of good) expect(() => read(piece, value)).not.toThrow();
    for (const value of bad) expect(() => read(piece, value)).toThrow(StartError);
  });

  it('gives numbers, booleans and tidy URLs', () => {
    expect([
      read(port(), '080'),
      read(integer(1, 9), '7'),
      read(flag(), 'on'),
      read(flag(), 'No'),
      read(url('http'), 'http://a/b//'),
    ]).toEqual([80, 7, true, false, 'http://a/b']);
  });
});
