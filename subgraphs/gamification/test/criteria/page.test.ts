import { readFileSync } from 'node:fs';
import { criteriaJsonSchema, operators } from '../../src/criteria/schema.ts';
import { problemsOf } from './suite.ts';

const page = readFileSync(new URL('../../../../docs/criteria.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text as string) as object);

describe('docs/criteria.md', () => {
  it('has an example of every operator', () => {
    const shown = examples.flatMap((each) => Object.keys(each));
    const all = [...Object.keys(operators), 'allOf', 'revokeWhen'];
    expect(all.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it.each(examples)('shows what can be saved: %j', (example) => {
    expect(problemsOf(example)).toEqual([]);
  });
});

it('the form is published as JSON Schema, with every operator', () => {
  const schema = criteriaJsonSchema() as { $schema: string; anyOf: { properties: object }[] };
  expect(schema.$schema).toContain('2020-12');
  const names = schema.anyOf
    .flatMap(({ properties }) => Object.keys(properties))
    .filter((name) => name !== 'revokeWhen');
  expect(names).toEqual([...Object.keys(operators), 'allOf', 'anyOf']);
});
