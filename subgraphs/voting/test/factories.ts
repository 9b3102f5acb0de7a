import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { voting } from '../src/subgraph.ts';

export const CREATE =
  'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id title visibility author { id } } }';

/** A world with access and this subgraph, and one tenant. */
export const startVoting = (): Promise<TestSubgraph> => openSubgraph(voting, { beside: [access] });

/** A poll of this person; for members unless chosen otherwise. */
export async function aPoll(test: TestSubgraph, author: Person, input: object = {}): Promise<{ id: string }> {
  const { id } = await test.get<{ id: string }>(author, CREATE, { input: { title: 'A poll', ...input } });
  return { id };
}
