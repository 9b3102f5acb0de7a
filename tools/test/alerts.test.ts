import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '@polity/kernel/metrics/metrics';
import { root } from '../subgraph-list.ts';

const ALERTS = join(root, 'docs/alerts');
const rules = readFileSync(join(ALERTS, 'polity.rules.yml'), 'utf8');
const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');

/** In Debian it comes with the package `prometheus`; PROMTOOL names another one. */
const promtool = process.env.PROMTOOL ?? 'promtool';
const isInstalled = spawnSync(promtool, ['--version']).status === 0;
const withPromtool = isInstalled ? it : it.skip;

const alerts = [...rules.matchAll(/- alert: (\w+)([\s\S]*?)(?=\n {6}-|\n\n|$)/g)].map(([, name = '', body = '']) => ({
  name,
  runbook: /runbook: docs\/runbook\.md#([a-z-]+)/.exec(body)?.[1],
}));
const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
  title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
);

describe('the alert rules', () => {
  it('send whoever they wake to a part of the runbook that is there', () => {
    expect(alerts.length).toBeGreaterThan(10);
    expect(alerts.filter(({ runbook: anchor }) => !anchor || !anchors.includes(anchor))).toEqual([]);
  });

  it('ask only for metrics that processes have', async () => {
    const { text } = await createMetrics().read();
    const known = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    const asked = [...rules.matchAll(/[(\s]((?:[a-z]+_)+[a-z0-9]+)(?=[{[\s)])/g)]
      .map(([, name = '']) => name)
      .filter((name) => /_(total|seconds|waiting|pending|state|letters)$/.test(name));
    expect(new Set(asked).size).toBeGreaterThan(8);
    expect([...new Set(asked)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('are all tried', () => {
    const tests = readFileSync(join(ALERTS, 'polity.rules.test.yml'), 'utf8');
    const fires = (name: string) => new RegExp(`alertname: ${name},\\s+exp_alerts`).test(tests);
    expect(alerts.filter(({ name }) => !fires(name))).toEqual([]);
  });

  withPromtool('fire where they must and stay silent just below (promtool test rules)', () => {
    const run = spawnSync(promtool, ['test', 'rules', 'polity.rules.test.yml'], { cwd: ALERTS, encoding: 'utf8' });
    expect(`${run.stdout}${run.stderr}`).toContain('SUCCESS');
    expect(run.status).toBe(0);
  });
});

describe('what processes tell Prometheus', () => {
  withPromtool('is named as it wants it (promtool check metrics)', async () => {
    const { text } = await createMetrics().read();
    const run = spawnSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect(`${run.stdout}${run.stderr}`).toBe('');
  });
});
