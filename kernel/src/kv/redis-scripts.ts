import { createHash } from 'node:crypto';

type Command = <T>(name: string, ...args: (string | number)[]) => Promise<T>;

const NOW = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

// Members are a sorted set by the time of their end, because a plain set knows no life per member.
const sources = {
  replace: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    if ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL') else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
    return 1`,
  max: `
    local old = redis.call('GET', KEYS[1])
    if old and not tonumber(old) then return redis.error_reply('NOT_A_NUMBER') end
    if old and tonumber(old) >= tonumber(ARGV[1]) then redis.call('PERSIST', KEYS[1]) return old end
    redis.call('SET', KEYS[1], ARGV[1])
    return ARGV[1]`,
  increment: `
    local fresh = redis.call('EXISTS', KEYS[1]) == 0
    redis.call('INCRBY', KEYS[1], ARGV[1])
    if fresh and ARGV[2] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    return redis.call('GET', KEYS[1])`,
  addMember: `${NOW}
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
    redis.call('ZADD', KEYS[1], ARGV[2] == '' and '+inf' or now + ARGV[2], ARGV[1])
    local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
    if last == 'inf' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', tonumber(last))) end
    return 1`,
  removeMember: `${NOW}
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
    return redis.call('ZREM', KEYS[1], ARGV[1])`,
  members: `${NOW} return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf')`,
};

type ScriptName = keyof typeof sources;
type RunScript = <T = unknown>(key: string, ...args: (string | number)[]) => Promise<T>;

/** Scripts by name, each on one key; sent by digest, and in full only where the server does not know it yet. */
export function redisScripts(command: Command): Record<ScriptName, RunScript> {
  const bind = (source: string): RunScript => {
    const digest = createHash('sha1').update(source).digest('hex');
    return async <T>(key: string, ...args: (string | number)[]) => {
      try {
        return await command<T>('EVALSHA', digest, 1, key, ...args);
      } catch (error) {
        if (!(error instanceof Error && String(error.cause ?? error).includes('NOSCRIPT'))) throw error;
        return command<T>('EVAL', source, 1, key, ...args);
      }
    };
  };
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, bind(source)])) as Record<
    ScriptName,
    RunScript
  >;
}
