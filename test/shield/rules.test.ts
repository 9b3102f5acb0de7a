import { readFileSync } from 'node:fs';
import { LISTING, listing } from './rules-listing.ts';

// The listing is the answer to "who may ask for this field, at which door": a change of any rule shows as a changed line in review.
it('every field of the graph and of every subgraph asks what test/shield/rules.txt says; else run `node test/shield/rules-listing.ts`, and read what changed', async () => {
  expect((await listing()).split('\n')).toEqual(readFileSync(LISTING, 'utf8').split('\n'));
});
