import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { specimens } from '../src/subgraph.ts';

export const CREATE =
  'mutation ($input: CreateSampleInput!) { createSample(input: $input) { id title visibility author { id } } }';

/** A world with access and this subgraph, and one tenant. */
export const startSpecimens = (): Promise<TestSubgraph> => openSubgraph(specimens, { beside: [access] });

export const atTenant = ({ tenantId }: TestSubgraph) => ({ type: 'TENANT', id: tenantId });

/** A sample of this person at the tenant; for members unless chosen otherwise. */
export async function aSample(test: TestSubgraph, author: Person, input: object = {}): Promise<{ id: string }> {
  const given = { scope: atTenant(test), title: 'A sample', ...input };
  const { id } = await test.get<{ id: string }>(author, CREATE, { input: given });
  return { id };
}
