import type { Order } from '@polity/kernel/graph/cursor';

/** Names in the database's order; the id breaks ties. */
export const byName: Order = [
  { column: 'name', direction: 'asc', type: 'text', sql: 't.name' },
  { column: 'id', direction: 'asc', type: 'uuid', sql: 't.id' },
];

/** UUIDv7 ids ascend with time. */
export const oldestFirst: Order = [{ column: 'id', direction: 'asc', type: 'uuid', sql: 't.id' }];
export const newestFirst: Order = [{ column: 'id', direction: 'desc', type: 'uuid', sql: 't.id' }];
