import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countCommand, isTheCallers } from '../../src/commands/count.ts';
import type { Count } from '../../src/counting/types.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const data = (name: string) => fileURLToPath(new URL(`data/${name}`, import.meta.url));
const BURLINGTON = data('burlington-2009-mayor.cvotes');
const WARD = data('renfrewshire-2017-ward11.blt');
const folder = mkdtempSync(join(tmpdir(), 'polity-count-'));

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', env: {} });
  return { status, stdout, stderr };
}

const counted = async (...args: string[]): Promise<Count> => JSON.parse(await countCommand([...args, '--json']));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('npm run voting -- count', () => {
  it('prints winners, ranking and rounds as JSON, without a database or a setting', () => {
    const { status, stdout, stderr } = run('count', BURLINGTON, '--rule', 'INSTANT_RUNOFF', '--json');
    expect([status, stderr]).toEqual([0, '']);
    const printed = JSON.parse(stdout);
    expect(printed.winners).toEqual(['Bob Kiss']);
    expect(printed.ranking.slice(0, 3)).toEqual([['Bob Kiss'], ['Kurt Wright'], ['Andy Montroll']]);
    expect(printed.rounds).toHaveLength(5);
  });

  it('prints the same for people', () => {
    const { status, stdout } = run('count', WARD, '--rule', 'STV_SCOTTISH');
    expect(status).toBe(0);
    expect(stdout).toContain('Round 4: the fewest votes are excluded and passed on (needed: 1404)');
    expect(stdout).toContain('Colin McCulloch (Labour)                    1407.34264');
    expect(stdout).toMatch(/^Winners: James MacLaren .*, Natalie Don .*, Colin McCulloch \(Labour\)$/m);
  });

  it('fills the seats of the file by the STV rules, one by the others, and as many as it is told', async () => {
    const winners = async (...args: string[]) => (await counted(WARD, ...args)).winners.length;
    expect(await winners('--rule', 'STV_MEEK')).toBe(3);
    expect(await winners('--rule', 'STV_MEEK', '--seats', '2')).toBe(2);
    expect(await winners('--rule', 'SCHULZE')).toBe(1);
    expect(await winners('--rule', 'SCHULZE', '--seats', '2')).toBe(2);
  });

  it('breaks a tie by a seed, the same one each time, and only then', async () => {
    const tie = file('tie.cvotes', '#/Candidates: A;B;C\nA\nB\nC\n');
    const winners = async (...args: string[]) => (await counted(tie, '--rule', 'PLURALITY', ...args)).winners;
    expect(await winners()).toEqual(['A', 'B', 'C']);
    const drawn = await winners('--seed', 'dice: 4, 2, 6');
    expect(drawn).toHaveLength(1);
    expect(await winners('--seed', 'dice: 4, 2, 6')).toEqual(drawn);
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((seed) => winners('--seed', seed)));
    expect(new Set(all.flat()).size).toBeGreaterThan(1);
  });

  it('counts our own export by its rule and calls options by their titles, told apart where two are alike', async () => {
    const options = [
      { id: 'a', title: 'Yes' },
      { id: 'b', title: 'No' },
      { id: 'c', title: 'No' },
    ];
    const poll = { id: 'p', title: 'Proposal', rule: 'APPROVAL', seats: 1, options };
    const ballots = [{ choices: ['a', 'c'] }, { choices: ['c'] }];
    const path = file('poll.json', JSON.stringify({ poll, seed: null, ballots }));
    expect((await counted(path)).ranking).toEqual([['No (c)'], ['Yes'], ['No (b)']]);
  });

  it.each([
    [[], 'voting: The commands are: count, verify, import, fetch.'],
    [['__proto__'], 'voting: The commands are: count, verify, import, fetch.'],
    [['count', BURLINGTON, '--rule', 'STAR'], 'voting: STAR counts scores; a ballot has none.'],
  ])('called as %j says what is wrong and exits with 2', (args, message) => {
    expect(run(...args)).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
  });

  it.each([
    [[], 'Name one file: count FILE --rule RULE [--seats N] [--json].'],
    [['a.blt', 'b.blt'], 'Name one file: count FILE --rule RULE [--seats N] [--json].'],
    [['missing.blt', '--rule', 'BORDA'], 'There is no file missing.blt.'],
    [[BURLINGTON], /^Name a rule: --rule PLURALITY\|APPROVAL/],
    [[BURLINGTON, '--rule', 'FPTP'], /^--rule is one of PLURALITY, APPROVAL,/],
    [[BURLINGTON, '--rule', 'BORDA', '--seats', '0'], '--seats is a whole number from 1.'],
    [[BURLINGTON, '--rule', 'BORDA', '--seats', 'x'], '--seats is a whole number from 1.'],
    [[BURLINGTON, '--rule', 'BORDA', '--seed', ''], '--seed is a text.'],
    [[BURLINGTON, '--rule', 'INSTANT_RUNOFF', '--seats', '2'], /^INSTANT_RUNOFF fills one seat/],
    [[BURLINGTON, '--rul', 'BORDA'], /^Unknown option '--rul'\.$/],
    [[BURLINGTON, '--rule'], /^Option '--rule <value>' argument missing\.$/],
  ])('refuses %j in one sentence that is the caller’s', async (args, message) => {
    const error = await countCommand(args).catch((thrown: unknown) => thrown);
    expect(isTheCallers(error)).toBe(true);
    expect((error as Error).message).not.toContain('\n');
    if (typeof message === 'string') expect((error as Error).message).toBe(message);
    else expect((error as Error).message).toMatch(message);
  });

  it('names the line of a malformed file', async () => {
    const bad = file('bad.blt', '2 1\n1 1 0\n1 7 0\n0\n"A"\n"B"\n');
    const message = 'Line 3: a candidate is a whole number from 1 to 2, not "7"';
    await expect(countCommand([bad, '--rule', 'BORDA'])).rejects.toThrow(message);
  });
});
