import { type Connection, type ConnectionArgs, pageArgs } from '@polity/kernel/graph/connection';
import { cursorCodec, type Order } from '@polity/kernel/graph/cursor';
import { InvalidInput } from '@polity/kernel/graph/errors';

/**
 * One page, forwards, of a list that no single query can sort: `read` gives rows after a position, one more than the page shows where
 * there are as many. Throws InvalidInput for wrong paging arguments and for cursors of another list.
 */
export async function pageOfRows<Row extends object>(
  { list, order, args }: { list: string; order: Order; args: ConnectionArgs },
  read: (after: readonly unknown[] | null, limit: number) => Promise<readonly Row[]>,
): Promise<Connection<Row>> {
  const { size, after } = pageArgs(args);
  const codec = cursorCodec(list, order);
  const position = after === null ? null : codec.decode(after);
  if (after !== null && !position) throw new InvalidInput({ after: 'is not a cursor of this list' });
  const rows = await read(position, size + 1);
  const edges = rows.slice(0, size).map((node) => ({ cursor: codec.encode(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
