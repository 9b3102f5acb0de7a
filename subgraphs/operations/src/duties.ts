import type { PeopleDuty } from '@polity/kernel/duties/people';

const because = 'Who let clients send what is for the tenant to know, by an account without a name.';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'persisted_operation',
      column: 'published_by',
      exports: ['id', 'document_id', 'name', 'published_at'],
      erase: 'keep',
      because,
    },
    {
      table: 'operation_namespace',
      column: 'updated_by',
      exports: ['id', 'level', 'updated_at'],
      erase: 'keep',
      because,
    },
  ],
  // Applications, and ids that clients' tools make.
  notPeople: ['namespace_id', 'document_id'],
};
