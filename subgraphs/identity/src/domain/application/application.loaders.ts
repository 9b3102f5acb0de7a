import { groupLoaderBy, type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { isUuid } from '@polity/kernel/ids';
import { Application } from './application.entity.ts';
import { ApplicationSecret } from './application-secret.entity.ts';

interface ApplicationLoaders {
  applicationById: Loader<string, Application | null>;
  secretsOfApplication: Loader<string, ApplicationSecret[]>;
}

/** Applications of the request's tenant by id, and their live secrets, each in one statement. */
export function applicationLoaders({ em, request, clock }: BaseContext): ApplicationLoaders {
  const tenantId = request.tenantId ?? '00000000-0000-0000-0000-000000000000';
  return {
    applicationById: loaderBy<string, Application>(
      (ids) => em.find(Application, { tenantId, id: { $in: ids.filter(isUuid) } }),
      (application) => application.id,
    ),
    secretsOfApplication: groupLoaderBy<string, ApplicationSecret>(
      (ids) =>
        em.find(
          ApplicationSecret,
          { tenantId, applicationId: { $in: [...ids] }, expiresAt: { $gt: clock.now() } },
          { orderBy: { id: 'asc' } },
        ),
      (secret) => secret.applicationId,
    ),
  };
}
