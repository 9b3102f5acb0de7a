import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, userViewer, type World } from '@polity/kernel/testing/harness';
import { getNamedType } from 'graphql';
import { startDemoWorld, subgraphNames } from '../../gateway/test/every-subgraph.ts';
import { arguedFields, asking, leavesOf, sampleOf } from './graph-arguments.ts';
import { samples } from './pool.ts';

/** Texts that are dear to whatever looks at them more than once for each of their characters. */
const SIZE = 200_000;
const SHAPES: Record<string, string> = {
  'combining marks': 'e\u0327\u0301'.repeat(SIZE / 3),
  'ligatures that become words': '\ufdfa'.repeat(SIZE),
  'hyphens and dots': 'a-.'.repeat(SIZE / 3),
  spaces: `a${' '.repeat(SIZE)}b`,
  hints: 'Did you mean '.repeat(SIZE / 13),
  'one letter': 'a'.repeat(SIZE),
};
/** Seconds of CPU that one operation may take on this text: hashing a password takes a tenth of one. */
const BOUND = 1.5;

let asked = 0;
let world: World;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

describe.each(subgraphNames)('%s', (name) => {
  it.each(Object.keys(SHAPES))('takes bounded time for every text argument of a mutation: %s', async (shape) => {
    const tenantId = uuidv7();
    const fields = arguedFields(world.subgraph(name).schema).filter(({ operation }) => operation === 'mutation');
    const dear: string[] = [];
    for (const argued of fields) {
      const { field } = argued.path.at(-1) as (typeof argued.path)[number];
      if (field.name.startsWith('_')) continue;
      for (const leaf of leavesOf(field).filter(({ type }) => getNamedType(type).name === 'String')) {
        const place = leaf.path.join('.');
        const sample = samples(new Map());
        const values = Object.fromEntries(
          field.args.map((argument) => [
            argument.name,
            sampleOf(argument.type, { field, path: [argument.name] }, (at) =>
              at.path.join('.') === place ? SHAPES[shape] : sample(at),
            ),
          ]),
        );
        const { query, variables } = asking(argued, values, { sample, selection: '__typename' });
        for (const viewer of [anonymous, userViewer(uuidv7())]) {
          const secondsOf = async () => {
            const before = process.cpuUsage();
            await world.ask(name, viewer, query, variables, { tenantId });
            const { user, system } = process.cpuUsage(before);
            return (user + system) / 1e6;
          };
          let seconds = await secondsOf();
          // Once more, because the first time may have paid for somebody's garbage or compilation.
          if (seconds > BOUND) seconds = Math.min(seconds, await secondsOf());
          if (seconds > BOUND) dear.push(`${field.name}(${place}) for ${viewer.kind}: ${seconds} s`);
          asked++;
        }
      }
    }
    expect(dear).toEqual([]);
  });
});

it('found the texts: a subgraph may have none, the graph has many', () => {
  expect(asked).toBeGreaterThan(1_000);
});
