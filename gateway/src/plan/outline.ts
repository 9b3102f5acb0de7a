import type { PlanNode } from '@apollo/query-planner';

/** Characters of an outline; the longest plans are cut. */
const MOST = 4_000;

function lines(node: PlanNode | undefined, indent: string): string[] {
  if (!node) return [];
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return [
        `${indent}${node.kind === 'Sequence' ? 'one after the other' : 'at once'}`,
        ...node.nodes.flatMap((part) => lines(part, `${indent}  `)),
      ];
    case 'Flatten':
      return lines(node.node, `${indent}at ${node.path.join('.')}: `);
    case 'Fetch':
      return [`${indent}${node.serviceName}`];
    default:
      return [`${indent}${node.kind}`];
  }
}

/** Which subgraphs a plan asks, in which order, for what place of the answer. Says nothing of arguments, so that it may stand in a log. */
export const outlineOf = (node: PlanNode | undefined): string =>
  lines(node, '').join('\n').slice(0, MOST) || 'nothing is fetched';
