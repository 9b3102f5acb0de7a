import { graphOf, suites } from './audit-suites.ts';
import { answers, executorOf } from './executor-of.ts';

const quiet = { warn() {}, error() {} };

describe('what federation must answer, by cases that planners are known to fail', () => {
  for (const suite of suites) {
    const asking = executorOf(graphOf(suite), undefined, quiet);
    for (const { query, data, fails = false, refused } of suite.cases)
      it(`${suite.name}: ${query}`, async () => {
        const ask = await asking;
        if (refused) return expect(ask(query)).rejects.toThrow(refused);
        const { errors, ...answer } = await ask(query);
        expect({ ...answer, fails: errors !== undefined }).toEqual({ data, fails });
      });
  }

  it('tells of an error at the key that the client gave', async () => {
    const graph = graphOf(suites[0] as (typeof suites)[number]);
    const answer = answers(graph);
    const ask = await executorOf(
      graph,
      async (name, request) => {
        const reply = await answer(name, request);
        if (name !== 'catalogue') return reply;
        const [first = {}] = (reply.data as { goods: Record<string, unknown>[] }).goods;
        const key = Object.keys(first).find((each) => each.endsWith('euros')) as string;
        first[key] = null;
        return { ...reply, errors: [{ message: 'no price', path: ['goods', 0, key] }] };
      },
      quiet,
    );
    const { data, errors } = await ask('{ goods { euros: cents(coin: "EUR") } }');
    expect(data).toEqual({ goods: [{ euros: null }, { euros: 22 }] });
    expect(errors).toMatchObject([{ message: 'no price', path: ['goods', 0, 'euros'] }]);
  });
});
