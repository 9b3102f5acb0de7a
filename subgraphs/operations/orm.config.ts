import type { OrmDefinition } from '@polity/kernel/db/orm';
import { OperationNamespace, PublishingTenant } from './src/domain/namespace/namespace.entity.ts';
import { PersistedOperation } from './src/domain/operation/operation.entity.ts';
import { Publication } from './src/domain/publication/publication.entity.ts';

export const orm: OrmDefinition = {
  name: 'operations',
  entities: [OperationNamespace, PersistedOperation, Publication, PublishingTenant],
  migrations: new URL('./migrations', import.meta.url).href,
};
