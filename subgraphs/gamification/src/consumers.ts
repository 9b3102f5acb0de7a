import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from './context.ts';
import { takeEvent } from './domain/rule/live.ts';

/** Subgraphs of whose events criteria may speak. A domain that comes later adds its line. */
const PUBLISHERS = ['identity', 'portal', 'voting', 'events', 'profiles'];

export const consumers: ConsumerDefinition<Context>[] = [
  {
    name: 'rules',
    types: [...PUBLISHERS.map((name) => `${name}.*`), 'gamification.grant.awarded'],
    handle: (tx, event, ctx) => takeEvent(tx, event, ctx),
  },
];
