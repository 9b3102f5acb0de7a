import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { newSeries, seriesOf, splitAt } from '../src/domain/recurrence/series.ts';
import { sameWallIn, zoneNamed } from '../src/domain/recurrence/zone.ts';

const at = (text: string) => Date.parse(text);
const source = (recurrence: string, startsAt = '2027-01-04T17:00:00Z', timeZone = 'Europe/Berlin') => ({
  startsAt: at(startsAt),
  timeZone,
  recurrence,
});
const first = (recurrence: string, count: number, startsAt?: string, timeZone?: string) =>
  [
    ...seriesOf(source(recurrence, startsAt, timeZone))
      .dates(Number.NEGATIVE_INFINITY)
      .take(count),
  ].map((ms) => new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z'));

describe('dates of a series', () => {
  it.each([
    ['weekly', 'RRULE:FREQ=WEEKLY;BYDAY=MO', ['2027-01-04T17:00Z', '2027-01-11T17:00Z', '2027-01-18T17:00Z']],
    [
      'the last weekday of a month',
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      ['2027-01-04T17:00Z', '2027-01-29T17:00Z', '2027-02-26T17:00Z'],
    ],
    ['counted', 'RRULE:FREQ=DAILY;COUNT=2', ['2027-01-04T17:00Z', '2027-01-05T17:00Z']],
    ['until a day, which counts', 'RRULE:FREQ=DAILY;UNTIL=20270105', ['2027-01-04T17:00Z', '2027-01-05T17:00Z']],
    [
      'single dates',
      'RDATE:20270110T120000,20270106T120000Z',
      ['2027-01-04T17:00Z', '2027-01-06T12:00Z', '2027-01-10T11:00Z'],
    ],
    [
      'left out by time',
      'RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20270105T180000',
      ['2027-01-04T17:00Z', '2027-01-06T17:00Z'],
    ],
    [
      'left out by day',
      'RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20270105',
      ['2027-01-04T17:00Z', '2027-01-06T17:00Z'],
    ],
    [
      'of another zone',
      'RRULE:FREQ=DAILY;COUNT=2\nRDATE;TZID=America/New_York:20270104T180000',
      ['2027-01-04T17:00Z', '2027-01-04T23:00Z', '2027-01-05T17:00Z'],
    ],
  ])('%s', (_, recurrence, expected) => {
    expect(first(recurrence, 3)).toEqual(expected);
  });

  it('hold the time of the clock when it changes', () => {
    expect(first('RRULE:FREQ=WEEKLY', 3, '2027-03-22T17:00:00Z')).toEqual([
      '2027-03-22T17:00Z',
      '2027-03-29T16:00Z',
      '2027-04-05T16:00Z',
    ]);
  });

  it('leave out a time that the clock does not show, and take the first of two', () => {
    const gap = first('RRULE:FREQ=DAILY', 3, '2027-03-27T01:30:00Z');
    expect(gap).toEqual(['2027-03-27T01:30Z', '2027-03-29T00:30Z', '2027-03-30T00:30Z']);
    const twice = first('RRULE:FREQ=DAILY', 3, '2027-10-30T00:30:00Z');
    expect(twice).toEqual(['2027-10-30T00:30Z', '2027-10-31T00:30Z', '2027-11-01T01:30Z']);
  });

  it('know the 53rd week, which not every year has', () => {
    expect(first('RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', 3, '2026-12-28T10:00:00Z')).toEqual([
      '2026-12-28T10:00Z',
      '2032-12-27T10:00Z',
      '2037-12-28T10:00Z',
    ]);
  });

  it('follow other calendars and what they say of days that a month does not have', () => {
    expect(first('RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD', 3, '2027-01-31T10:00:00Z', 'UTC')).toEqual([
      '2027-01-31T10:00Z',
      '2027-02-28T10:00Z',
      '2027-03-31T10:00Z',
    ]);
    expect(first('RRULE:RSCALE=HEBREW;FREQ=YEARLY', 2, '2027-01-31T10:00:00Z', 'UTC')[1]).toMatch(/^2028-/);
  });

  it('are found from anywhere, forwards and backwards, as far as a century', () => {
    const series = seriesOf(source('RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-02-29T10:00:00Z', 'UTC'));
    expect(new Date(series.dates(at('2097-01-01T00:00:00Z')).next().value as number).getUTCFullYear()).toBe(2104);
    const back = [...series.dates(at('2030-01-01T00:00:00Z'), true)].map((ms) => new Date(ms).getUTCFullYear());
    expect(back).toEqual([2028, 2024]);
    expect(series.has(at('2028-02-29T10:00:00Z'))).toBe(true);
    expect(series.has(at('2028-02-29T11:00:00Z'))).toBe(false);
  });

  it('backwards are those of forwards, whatever the rule', () => {
    for (const rule of [
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2',
      'FREQ=MONTHLY;BYDAY=2TU',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      'FREQ=YEARLY;BYDAY=20MO',
      'FREQ=DAILY;BYHOUR=9,18',
      'FREQ=WEEKLY;COUNT=30',
    ]) {
      const series = seriesOf(source(`RRULE:${rule}`));
      const forwards = [...series.dates(Number.NEGATIVE_INFINITY).take(25)];
      expect([rule, [...series.dates(forwards.at(-1) as number, true)].reverse()]).toEqual([rule, forwards]);
      expect([rule, [...series.dates(forwards[10] as number).take(15)]]).toEqual([rule, forwards.slice(10)]);
    }
  });
});

describe('a rule', () => {
  const bad = [
    'RRULE:FREQ=SECONDLY',
    'RRULE:FREQ=MINUTELY;COUNT=5',
    'RRULE:FREQ=HOURLY',
    'RRULE:FREQ=DAILY;COUNT=10000000',
    'RRULE:FREQ=DAILY;INTERVAL=0',
    'RRULE:FREQ=DAILY;INTERVAL=99999',
    'RRULE:FREQ=DAILY;COUNT=5;UNTIL=20280101',
    `RRULE:FREQ=DAILY;BYHOUR=${[...Array(24).keys()].join(',')};BYMINUTE=0,30`,
    'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366',
    'RRULE:FREQ=FORTNIGHTLY',
    'RRULE:COUNT=5',
    'RRULE:FREQ=DAILY;FREQ=WEEKLY',
    'RRULE:FREQ=DAILY;X=1',
    'RRULE:FREQ=DAILY;BYDAY=XX',
    'RRULE:FREQ=DAILY;BYMONTHDAY=32',
    'RRULE:FREQ=DAILY;BYMONTHDAY=0',
    'RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY',
    'RRULE:FREQ=DAILY\nDTSTART:20270101T000000Z',
    'EXRULE:FREQ=DAILY',
    'EXDATE:20270105T180000',
    'RDATE:20271305T180000',
    'RDATE;TZID=Mars/Olympus:20270105T180000',
    'RDATE;VALUE=PERIOD:20270105T180000/PT1H',
    `RDATE:${Array(501).fill('20270105T180000Z').join(',')}`,
    'nonsense',
    '',
    'x'.repeat(16_385),
    ';:=,'.repeat(4_000),
    `RRULE:FREQ=WEEKLY;BYDAY=${Array(2_000).fill('MO').join(',')}`,
  ];
  it.each(bad.map((text) => [text.slice(0, 60), text]))('is refused: %s', (_, text) => {
    expect(() => newSeries(source(text))).toThrow('Some of the input is not valid.');
  });

  it('of which nothing but the start is left is refused where everything is left out', () => {
    expect(() => newSeries(source('RRULE:FREQ=DAILY;COUNT=1\nEXDATE:20270104T180000'))).toThrow();
  });

  it('that is split has the dates of the whole in its two parts', () => {
    for (const text of [
      'RRULE:FREQ=WEEKLY;COUNT=10',
      'RRULE:FREQ=WEEKLY;UNTIL=20270401\nEXDATE:20270118T180000\nRDATE:20270310T120000Z',
    ]) {
      const whole = source(text);
      const dates = [...seriesOf(whole).dates(Number.NEGATIVE_INFINITY)];
      const middle = dates[4] as number;
      const { before, rest } = splitAt(whole, middle);
      const parts = [
        seriesOf({ ...whole, recurrence: before }),
        seriesOf({ ...whole, startsAt: middle, recurrence: rest }),
      ];
      expect(parts.flatMap((series) => [...series.dates(Number.NEGATIVE_INFINITY)])).toEqual(dates);
    }
  });
});

describe('time zones', () => {
  it('are known by their IANA names', () => {
    expect(['europe/berlin', 'UTC', 'Asia/Kolkata', 'Etc/GMT+5'].map(zoneNamed)).not.toContain(null);
    expect(['+02:00', '', 'Nowhere/Land', 'Europe/Berlin; drop', 'x'.repeat(10_000)].map(zoneNamed)).toEqual(
      Array(5).fill(null),
    );
  });

  it('show the same clock elsewhere', () => {
    expect(new Date(sameWallIn(at('2027-07-01T16:00:00Z'), 'Europe/Berlin', 'Asia/Tokyo')).toISOString()).toBe(
      '2027-07-01T09:00:00.000Z',
    );
  });

  it('of the process make no difference', () => {
    const script = fileURLToPath(new URL('./some-dates.ts', import.meta.url));
    const inZone = (TZ: string) =>
      execFileSync(process.execPath, [script], { encoding: 'utf8', env: { PATH: process.env.PATH, TZ } });
    const outputs = ['UTC', 'Pacific/Apia', 'America/St_Johns'].map(inZone);
    expect(outputs[0]).toMatch(/2027-03-29T00:30/);
    expect(new Set(outputs).size).toBe(1);
  });
});
