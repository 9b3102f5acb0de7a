import type { Loader } from '@polity/kernel/graph/loader';
import { loaderBy } from '@polity/kernel/graph/loader';
import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { type NounName, nounNames } from './activity/activity.entity.ts';
import { readableLoader } from './activity/readable.ts';
import { type Choices, choicesOf } from './home/home.ts';
import { ReadMark } from './read/read-mark.entity.ts';
import { nameLoader } from './thing/names.ts';
import { type Thing, thingLoader } from './thing/thing.ts';

type Things = Record<NounName, Loader<string, Thing | null>>;

/** Batch reads of one request. */
export function makeLoaders(ctx: BaseContext) {
  const { em } = ctx;
  const choices = async (userIds: readonly string[]) =>
    Promise.all(userIds.map(async (userId) => ({ userId, ...(await choicesOf(ctx, userId)) })));
  return {
    things: Object.fromEntries(nounNames.map((noun) => [noun, thingLoader(ctx, noun)])) as Things,
    readable: readableLoader(ctx),
    nameById: nameLoader(ctx),
    /** Only ever asked about the viewer. */
    choices: loaderBy(choices, ({ userId }) => userId) as Loader<string, Choices>,
    markOf: rowBy(em, ReadMark, 'userId'),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
