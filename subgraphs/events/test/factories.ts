import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { events } from '../src/subgraph.ts';

export const CREATE =
  'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id title visibility author { id } } }';

/** A world with access and this subgraph, and one tenant. */
export const startEvents = (): Promise<TestSubgraph> => openSubgraph(events, { beside: [access] });

/** A event of this person; for members unless chosen otherwise. */
export async function aEvent(test: TestSubgraph, author: Person, input: object = {}): Promise<{ id: string }> {
  const { id } = await test.get<{ id: string }>(author, CREATE, { input: { title: 'A event', ...input } });
  return { id };
}
