/** A statement that each connection prepares once under its name. */
export interface Statement {
  name: string;
  text: string;
}

const statement = (name: string, text: string): Statement => ({ name: `polity_kv_${name}`, text });

const isLive = '(entry.expires_at is null or entry.expires_at > now())';
const until = (parameter: string) => `now() + ${parameter}::double precision * interval '1 millisecond'`;
const numeric = (column: string) => `convert_from(${column}, 'UTF8')::numeric`;

// Keys and values are bytea: any string can be kept (text refuses U+0000) and comparison never depends on a collation.
const entryTable = `create table if not exists polity_kv (
  key bytea primary key, value bytea not null, expires_at timestamptz)`;
const memberTable = `create table if not exists polity_kv_member (
  set_key bytea not null, member bytea not null, expires_at timestamptz, primary key (set_key, member))`;

/** False, too, for tables that a crash would empty, as earlier versions made them. */
export const tablesSurvive = `select count(*) = 2 as ready from pg_class
  where oid in (to_regclass('polity_kv'), to_regclass('polity_kv_member')) and relpersistence = 'p'`;
export const tablesExist = `select to_regclass('polity_kv') is not null and to_regclass('polity_kv_member') is not null as ready`;

/** One implicit transaction; the lock keeps processes that start at once from creating the same table twice. */
export const createTables = `
select pg_advisory_xact_lock(7302);
${entryTable};
create index if not exists polity_kv_expires_at on polity_kv (expires_at) where expires_at is not null;
${memberTable};
create index if not exists polity_kv_member_expires_at on polity_kv_member (expires_at) where expires_at is not null;
alter table polity_kv set logged;
alter table polity_kv_member set logged;
`;

// What begins for a time is acknowledged before it is on disk: a crash within the same half second costs a sign-in or a count. Everything else,
// above all what ends something, is on disk first; with it is what was acknowledged before, for the log keeps its order.
const soon = (expiry: string) =>
  `set_config('synchronous_commit', case when ${expiry}::double precision is null then current_setting('synchronous_commit') else 'off' end, true)`;

export const ping = statement('ping', 'select 1');

export const get = statement('get', `select value from polity_kv entry where key = $1 and ${isLive}`);

export const getMany = statement(
  'get_many',
  `select key, value from polity_kv entry where key = any($1::bytea[]) and ${isLive}`,
);

export const set = statement(
  'set',
  `insert into polity_kv (key, value, expires_at) values ($1, $2, ${until('$3')})
   on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at returning ${soon('$3')}`,
);

export const setIfAbsent = statement(
  'set_if_absent',
  `insert into polity_kv as entry (key, value, expires_at) values ($1, $2, ${until('$3')})
   on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at where not ${isLive}
   returning 1`,
);

export const replace = statement(
  'replace',
  `update polity_kv entry set value = $3, expires_at = coalesce(${until('$4')}, expires_at)
   where key = $1 and value = $2 and ${isLive} returning 1`,
);

export const deleteMany = statement(
  'delete_many',
  `with gone as (delete from polity_kv entry where key = any($1::bytea[]) returning ${isLive} as live)
   select count(*) filter (where live) as n from gone`,
);

export const max = statement(
  'max',
  `insert into polity_kv as entry (key, value) values ($1, convert_to($2::text, 'UTF8'))
   on conflict (key) do update set expires_at = null, value = case when ${isLive}
     then convert_to(greatest(${numeric('entry.value')}, $2::numeric)::text, 'UTF8') else excluded.value end
   returning convert_from(value, 'UTF8') as n`,
);

export const increment = statement(
  'increment',
  `insert into polity_kv as entry (key, value, expires_at) values ($1, convert_to($2::text, 'UTF8'), ${until('$3')})
   on conflict (key) do update set
     value = case when ${isLive} then convert_to((${numeric('entry.value')} + $2::numeric)::text, 'UTF8') else excluded.value end,
     expires_at = case when ${isLive} then entry.expires_at else excluded.expires_at end
   returning convert_from(value, 'UTF8') as n, ${soon('$3')}`,
);

export const addMember = statement(
  'add_member',
  `insert into polity_kv_member (set_key, member, expires_at) values ($1, $2, ${until('$3')})
   on conflict (set_key, member) do update set expires_at = excluded.expires_at returning ${soon('$3')}`,
);

export const removeMember = statement(
  'remove_member',
  `with gone as (delete from polity_kv_member entry where set_key = $1 and member = $2 returning ${isLive} as live)
   select count(*) filter (where live) as n from gone`,
);

export const members = statement(
  'members',
  `select member from polity_kv_member entry where set_key = $1 and ${isLive}`,
);

const sweepBatch = (name: string, table: string) =>
  statement(
    name,
    `delete from ${table} where ctid = any(array(
       select ctid from ${table} where expires_at <= now() limit 5000 for update skip locked))`,
  );

export const sweepEntries = sweepBatch('sweep_entries', 'polity_kv');
export const sweepMembers = sweepBatch('sweep_members', 'polity_kv_member');
