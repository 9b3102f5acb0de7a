import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Leash } from './leash.ts';
import { daemon, type Victim } from './process.ts';

/** Whether a program is on this machine. */
export const isInstalled = (program: string) => spawnSync(program, ['--version']).status === 0;

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

export interface BrokerOptions {
  port: number;
  folder: string;
  leash: Leash;
  onBirth?(pid: number): void;
  onDeath(what: string): void;
}

function broker(name: string, command: string, args: string[], { port, folder, ...common }: BrokerOptions): Victim {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  return daemon({
    name,
    command,
    args,
    cwd,
    env: { PATH: process.env.PATH ?? '' },
    logFile: join(folder, `${name}.log`),
    probe: () => answers(port),
    ...common,
  });
}

/** Redis as docker-compose.yml runs it. */
export function redis(options: BrokerOptions): Victim {
  const durable = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  return broker('redis', 'redis-server', ['--port', `${options.port}`, '--bind', '127.0.0.1', ...durable], options);
}

/** NATS with JetStream as docker-compose.yml runs it. */
export function nats(options: BrokerOptions): Victim {
  return broker('nats', 'nats-server', ['-a', '127.0.0.1', '-p', `${options.port}`, '-js', '-sd', '.'], options);
}
