import type { Decision } from '@polity/kernel/access/decide';
import { decisionSender } from '@polity/kernel/access/decision-sender';
import { uuidv7 } from '@polity/kernel/ids';
import { createLogger } from '@polity/kernel/log/logger';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { readConfig } from '../src/config.ts';
import { type DecisionLog, type DecisionLogOptions, decisionLog } from '../src/domain/check/decision-log.ts';
import { type AccessFixture, startFixture } from './factories.ts';

describe('the decision log', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  const decision = (allowed: boolean, reason: Decision['reason'], permission = 'shop.order.place'): Decision => ({
    allowed,
    reason,
    permission,
    scope: { type: 'TENANT', id: fixture.tenantId },
    roleId: null,
    bindingId: null,
    overrideId: null,
    version: '1.1.1.0',
  });
  const asking = (subjectId: string, askedBy = fixture.bob.id) => ({
    at: fixture.world.clock.now(),
    tenantId: fixture.tenantId,
    subjectId,
    requestId: 'r',
    askedBy,
  });
  const em = (tenantId: string | null) => fixture.world.subgraph('access').runtime.em(tenantId);
  const log = (more: Partial<DecisionLogOptions> = {}) =>
    decisionLog({ em, log: createLogger({ service: 'test', level: 'silent' }), allowShare: 0, ...more });
  const flushed = () => (fixture.world.subgraph('access').ports as { decisions: DecisionLog }).decisions.flush();
  const written = async (subjectId: string) => {
    const rows = await em(fixture.tenantId).execute<{ permission: string; reason: string }[]>(
      'select permission, reason from decision_log where subject_id = ? order by seq',
      [subjectId],
    );
    return rows;
  };

  it('takes what other services decided, in batches that they choose', async () => {
    const { world, tenantId } = fixture;
    const sender = decisionSender({
      services: world.services,
      log: world.platform.log,
      allowShare: 0,
      intervalMs: 3_600_000,
    });
    const subject = uuidv7();
    const info = { requestId: 'elsewhere', tenantId };
    for (const [allowed, reason] of [
      [true, 'ROLE'],
      [false, 'NO_GRANT'],
      [true, 'SYSTEM_ADMIN'],
    ] as const) {
      sender.note(decision(allowed, reason), info, subject);
    }
    sender.note(decision(false, 'NO_GRANT'), { ...info, tenantId: null }, subject);
    await sender.close();
    await flushed();
    expect((await written(subject)).map(({ reason }) => reason)).toEqual(['NO_GRANT', 'SYSTEM_ADMIN']);
  });

  it('keeps and sends little of what clients write into their questions, however much that is', async () => {
    const { world, tenantId } = fixture;
    const sizes: number[] = [];
    const services: typeof world.services = (at) => ({
      call(subgraph, query, variables) {
        sizes.push(JSON.stringify(variables).length);
        return world.services(at).call(subgraph, query, variables);
      },
    });
    const sender = decisionSender({ services, log: world.platform.log, intervalMs: 3_600_000 });
    const huge = 'x'.repeat(1_000_000);
    const asked = { ...decision(false, 'UNKNOWN', huge), scope: { type: 'TEAM', id: huge } as const };
    for (let n = 0; n < 1_500; n++)
      sender.note({ ...asked, permission: `${n}${huge}` }, { requestId: 'r', tenantId }, `viewer ${n % 2}`);
    await sender.close();
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThan(2_000_000);
  });

  it('sends what one request asks again and again once', async () => {
    const { world, tenantId } = fixture;
    const sender = decisionSender({ services: world.services, log: world.platform.log, intervalMs: 3_600_000 });
    const subject = uuidv7();
    for (const requestId of ['one', 'one', 'two', 'one'])
      sender.note(decision(false, 'NO_GRANT'), { requestId, tenantId }, subject);
    await sender.close();
    await flushed();
    expect(await written(subject)).toHaveLength(2);
  });

  it('takes no two questions for one because their parts run into each other', async () => {
    const { world, tenantId } = fixture;
    const sender = decisionSender({ services: world.services, log: world.platform.log, intervalMs: 3_600_000 });
    const subject = uuidv7();
    for (const [id, permission] of [
      ['a b', 'c'],
      ['a', 'b c'],
    ] as const)
      sender.note(
        { ...decision(false, 'UNKNOWN', permission), scope: { type: 'TEAM', id } },
        { requestId: 'r', tenantId },
        subject,
      );
    await sender.close();
    await flushed();
    expect(await written(subject)).toHaveLength(2);
  });

  it('lets nobody crowd the others out, neither here nor where it is sent from', async () => {
    const { world, tenantId } = fixture;
    const [loud, quiet] = [uuidv7(), uuidv7()];
    const sender = decisionSender({ services: world.services, log: world.platform.log, intervalMs: 3_600_000 });
    for (let n = 0; n < 6_000; n++)
      sender.note(decision(false, 'NO_GRANT', `shop.order.n${n}`), { requestId: 'r', tenantId }, loud);
    sender.note(decision(false, 'NO_GRANT'), { requestId: 'r', tenantId }, quiet);
    await sender.close();
    await flushed();
    expect([(await written(loud)).length, (await written(quiet)).length]).toEqual([1_000, 1]);
    const [asksMuch, asksOnce] = [uuidv7(), uuidv7()];
    const kept = log();
    kept.note([decision(false, 'NO_GRANT')], asking(asksOnce));
    for (let n = 0; n < 12_000; n++)
      kept.note([decision(false, 'NO_GRANT', `shop.order.n${n}`)], asking(asksMuch, asksMuch));
    await kept.flush();
    expect([(await written(asksMuch)).length, (await written(asksOnce)).length]).toEqual([2_000, 1]);
    expect(kept.dropped).toBe(10_000);
  });

  it('keeps what is not an ordinary allow, and of those the share that was asked for', async () => {
    const reasons: [boolean, Decision['reason']][] = [
      [true, 'ROLE'],
      [true, 'SYSTEM_ADMIN'],
      [true, 'OVERRIDE_ALLOW'],
      [false, 'NO_GRANT'],
      [false, 'SUSPENDED'],
    ];
    const given = reasons.map(([allowed, reason]) => decision(allowed, reason));
    const [none, all] = [uuidv7(), uuidv7()];
    const [sparse, full] = [log(), log({ allowShare: 1 })];
    sparse.note(given, asking(none));
    full.note(given, asking(all));
    await Promise.all([sparse.flush(), full.flush()]);
    expect((await written(none)).map(({ reason }) => reason)).toEqual([
      'SYSTEM_ADMIN',
      'OVERRIDE_ALLOW',
      'NO_GRANT',
      'SUSPENDED',
    ]);
    expect((await written(all)).map(({ reason }) => reason)).toEqual([
      'ROLE',
      'SYSTEM_ADMIN',
      'OVERRIDE_ALLOW',
      'NO_GRANT',
      'SUSPENDED',
    ]);
  });

  it.each(['\0', '\ud800', `${'x'.repeat(199)}\u{1f600}`])(
    'loses nothing to a client that asks about %j',
    async (text) => {
      const subject = uuidv7();
      const kept = log();
      kept.note([decision(false, 'UNKNOWN', text)], asking(`${text} ${'y'.repeat(500)}`));
      kept.note([decision(false, 'NO_GRANT')], asking(subject));
      await kept.flush();
      expect(kept.dropped).toBe(0);
      expect(await written(subject)).toHaveLength(1);
    },
  );

  it('forgets the oldest when more come than it holds, and counts them', async () => {
    const subject = uuidv7();
    const small = log({ capacity: 3 });
    for (let n = 0; n < 5; n++) small.note([decision(false, 'NO_GRANT', `shop.order.n${n}`)], asking(subject));
    await small.flush();
    expect((await written(subject)).map(({ permission }) => permission)).toEqual([
      'shop.order.n2',
      'shop.order.n3',
      'shop.order.n4',
    ]);
    expect(small.dropped).toBe(2);
  });

  it('says once how many it left out', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const small = log({ capacity: 3, log: createLogger({ service: 'test', stream }) });
    for (let n = 0; n < 5; n++) small.note([decision(false, 'NO_GRANT')], asking(uuidv7()));
    await small.flush();
    await small.flush();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ lost: 2, msg: 'decisions were left out of the log' }),
    ]);
  });

  it('loses entries, and says so, rather than stop answering when the database is away', async () => {
    const away = log({ em: () => ({ execute: () => Promise.reject(new Error('away')) }) as never });
    away.note([decision(false, 'NO_GRANT')], asking(uuidv7()));
    await expect(away.flush()).resolves.toBeUndefined();
    expect(away.dropped).toBe(1);
  });

  const removeOld = () => fixture.world.subgraph('access').jobs?.runNow('retention');

  it('drops what is too old and nothing else', async () => {
    const subject = uuidv7();
    const kept = log();
    const day = 24 * 60 * 60 * 1000;
    const past = (days: number) => new Date(fixture.world.clock.nowMs() - days * day);
    for (const days of [91, 89])
      kept.note([decision(false, 'NO_GRANT', `shop.order.d${days}`)], { ...asking(subject), at: past(days) });
    await kept.flush();
    expect(await removeOld()).toMatchObject({ decisions: 1, changes: 0 });
    expect((await written(subject)).map(({ permission }) => permission)).toEqual(['shop.order.d89']);
  });

  it('drops thousands in one run, in batches, and counts them', async () => {
    await em(fixture.tenantId).execute(
      `insert into decision_log (at, tenant_id, permission, scope_type, scope_id, allowed, reason, version)
       select ?::timestamptz - interval '100 days', ?::uuid, 'shop.order.old', 'TENANT', ?, false, 'NO_GRANT', '1.1.1.0'
       from generate_series(1, 2500)`,
      [fixture.world.clock.now(), fixture.tenantId, fixture.tenantId],
    );
    expect(await removeOld()).toMatchObject({ decisions: 2_500, changes: 0 });
    const { text } = await processMetrics();
    expect(text).toMatch(/housekeeping_removed_total\{service="access",what="decisions"\} \d{4}/);
    expect(text).toContain('job_last_success_timestamp_seconds{service="access",job="retention"}');
  });

  it('keeps the history of changes for its days, and whatever has no confirmed stamp', async () => {
    const add = (days: number, isStamped: boolean) =>
      em(fixture.tenantId).execute(
        `insert into access_change (at, tenant_id, kind, stamps, stamped)
         values (?::timestamptz - make_interval(days => ?::int), ?::uuid, 'ROLE_UPDATED', '{}', ?)`,
        [fixture.world.clock.now(), days, fixture.tenantId, isStamped],
      );
    await add(731, true);
    await add(731, false);
    await add(729, true);
    expect(await removeOld()).toMatchObject({ decisions: 0, changes: 1 });
  });

  it('is set up by the environment, and a wrong setting stops the start with its name', () => {
    expect(readConfig({})).toEqual({ allowShare: 0.01, logDays: 90, changeDays: 730 });
    expect(readConfig({ ACCESS_LOG_ALLOW_SHARE: '1', ACCESS_LOG_DAYS: '7' })).toEqual({
      allowShare: 1,
      logDays: 7,
      changeDays: 730,
    });
    expect(() => readConfig({ ACCESS_LOG_ALLOW_SHARE: '2', ACCESS_LOG_DAYS: 'x' })).toThrow(
      /ACCESS_LOG_ALLOW_SHARE[\s\S]*ACCESS_LOG_DAYS/,
    );
    expect(() => readConfig({ ACCESS_LOG_DAYS: '900' })).toThrow('ACCESS_CHANGE_DAYS must be at least ACCESS_LOG_DAYS');
  });
});
