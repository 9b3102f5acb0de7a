import type { PeopleDuty } from '@polity/kernel/duties/people';
import { fileUploader } from '@polity/kernel/files/file-table';

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
    fileUploader,
    {
      table: 'publication',
      column: 'user_id',
      exports: ['id', 'created_at', 'status', 'result', 'problem', 'finished_at'],
      erase: 'delete',
    },
  ],
  // Applications, and ids that clients' tools make.
  notPeople: ['namespace_id', 'document_id'],
};
