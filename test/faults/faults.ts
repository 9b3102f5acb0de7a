import { randomBytes } from 'node:crypto';
import { registry } from '../../subgraphs/registry.ts';
import type { Victim } from '../processes/process.ts';
import type { World } from '../processes/world.ts';
import type { Part } from './operations.ts';

/** Something that goes wrong, and comes right again. */
export interface Fault {
  name: string;
  /** Parts that do not work meanwhile. */
  gone: readonly Part[];
  begin(world: World): Promise<void>;
  end(world: World): Promise<void>;
  /** Outcomes that clients are told about beside SUBGRAPH_UNAVAILABLE. */
  promised?: readonly string[];
  /** Words that the log of this service must hold afterwards. */
  said?: { by: string; words: string };
  /** In the short form, too. */
  isShort?: boolean;
  /** A process starts meanwhile, which takes from the others' time where all share a few cores. */
  starts?: true;
  needsBrokers?: boolean;
  /** Only where the database has a disk of its own. */
  needsDisk?: boolean;
}

const names = registry.map(({ name }) => name) as Part[];
const of = ({ victims }: World, name: string) => victims.find((each) => each.name === name) as Victim;
const GREEN_MS = 180_000;
/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DISK_FULL = '53100';
/** What a client sees of a gateway that is not there. */
const CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'socket hang up'];

const killed = (name: Part): Fault => ({
  name: `${name} is killed`,
  gone: [name],
  begin: (world) => of(world, name).kill(),
  end: async (world) => of(world, name).start(),
  isShort: name === 'access',
});

const stopped = (name: Part): Fault => ({
  name: `${name} is told to stop`,
  gone: [name],
  begin: (world) => of(world, name).kill('SIGTERM'),
  end: async (world) => of(world, name).start(),
});

const hung = (name: Part): Fault => ({
  name: `${name} hangs`,
  gone: [name],
  begin: async (world) => of(world, name).signal('SIGSTOP'),
  end: async (world) => of(world, name).signal('SIGCONT'),
  isShort: name === 'portal',
});

/** A process that comes up with other settings than the rest. */
const restarted = (name: Part, env: Record<string, string>, more: Partial<Fault>): Fault => ({
  name: `${name} with ${Object.keys(env).join(', ')} of its own`,
  gone: [name],
  starts: true,
  async begin(world) {
    await of(world, name).kill();
    of(world, name).start(env);
  },
  async end(world) {
    await of(world, name).kill();
    of(world, name).start();
  },
  ...more,
});

const skewed = (minutes: number) =>
  restarted(
    'portal',
    {
      NODE_OPTIONS: `--import ${new URL('./skewed-clock.ts', import.meta.url).pathname}`,
      CLOCK_SKEW_MS: String(minutes * 60_000),
    },
    {
      name: `portal's clock is ${minutes} minutes off`,
      said: { by: 'portal', words: 'the clocks of the two machines differ' },
    },
  );

const broker = (name: 'redis' | 'nats', part: Part): Fault[] =>
  (['SIGKILL', 'SIGSTOP'] as const).map((signal) => ({
    name: `${name} ${signal === 'SIGKILL' ? 'is killed' : 'hangs'}`,
    gone: [part],
    needsBrokers: true,
    begin: async (world) => (signal === 'SIGKILL' ? of(world, name).kill() : of(world, name).signal('SIGSTOP')),
    end: async (world) => (signal === 'SIGKILL' ? of(world, name).start() : of(world, name).signal('SIGCONT')),
  }));

/** What a rolling upgrade has for a while: the tables of the next version, and a process of this one that starts on them. */
const newerTables: Fault = {
  name: 'portal starts on the tables of a newer version',
  gone: ['portal'],
  starts: true,
  async begin(world) {
    await of(world, 'portal').kill();
    await world.database.rows(
      'polity_portal',
      `alter table post add column if not exists later text not null default ''`,
    );
    await world.database.rows('polity_portal', `insert into migration (name) values ('Migration99991231235959_later')`);
    of(world, 'portal').start();
  },
  end: async () => {},
};

/** Nothing can be written any more, but what is there can be read. */
const fullDisk: Fault = {
  name: 'the disk of the database is full',
  gone: [],
  needsDisk: true,
  async begin({ disk, database }) {
    await disk?.fill();
    const write = database.rows(
      'postgres',
      'create table filler as select repeat(md5(n::text), 100) from generate_series(1, 10000) as n',
    );
    const code = await write.then(
      () => 'written',
      (error: { code?: string }) => error.code,
    );
    if (code !== DISK_FULL) throw new Error(`the disk is not full: ${code}`);
  },
  async end({ disk, database }) {
    await disk?.free();
    await database.rows('postgres', 'create table filler as select 1');
    await database.rows('postgres', 'drop table filler');
  },
};

/** The table of faults. */
export const faults: readonly Fault[] = [
  ...names.flatMap((name) => [killed(name), stopped(name), hung(name)]),
  { ...killed('gateway'), promised: CONNECTION },
  // What it was asked on connections that stay open is refused once it closes.
  { ...stopped('gateway'), promised: [...CONNECTION, 'status 503'] },
  ...broker('redis', 'store'),
  ...broker('nats', 'bus'),
  // The launcher brings the server back by itself, so there is nothing to end.
  {
    name: 'the database server is killed',
    gone: ['database', 'store'],
    starts: true,
    begin: ({ database }) => database.kill(),
    end: async ({ database }) => database.green(GREEN_MS),
  },
  newerTables,
  fullDisk,
  skewed(5),
  skewed(-5),
  restarted(
    'portal',
    { POLITY_SECRET: randomBytes(32).toString('base64url') },
    { name: 'portal has another secret than the rest' },
  ),
];
