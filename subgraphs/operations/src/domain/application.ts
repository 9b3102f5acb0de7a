import type { Authorizer } from '@polity/kernel/access/authorizer';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import type { Context } from '../context.ts';

/** What identity says of an application of the tenant. */
interface Application {
  id: string;
  ownerId: string;
  status: string;
}

/** What somebody wants to do with an application's operations. */
type Intent = 'read' | 'manage';

const FIND = 'query Application($id: ID!) { _application(id: $id) }';

async function find(ctx: Context, id: string): Promise<Application | null> {
  if (!isUuid(id)) return null;
  const { _application } = await ctx.services.call<{ _application: Application | null }>('identity', FIND, { id });
  return _application;
}

const isOwn = ({ kind, id }: Viewer, application: Application) =>
  (kind === 'user' && id === application.ownerId) || (kind === 'application' && id === application.id);

const codes: Record<Intent, string> = { read: 'operations.operation.read', manage: 'operations.operation.manage' };
const administers = (authorizer: Authorizer, intent: Intent) => authorizer.mayAtTenant(codes[intent]);

/**
 * Lets pass who may do this with the operations of an application, or with those of all clients where it is null. To strangers an application is
 * missing (NOT_FOUND); its owner is refused while it is not approved (FORBIDDEN).
 */
export async function assertMay(ctx: Context, intent: Intent, applicationId: string | null): Promise<void> {
  const authorizer = await ctx.access.authorizer();
  if (applicationId === null) {
    if (!administers(authorizer, intent)) throw new Forbidden();
    return;
  }
  const application = await find(ctx, applicationId);
  if (!application) throw new NotFound('The application');
  const own = isOwn(ctx.viewer, application);
  if (own && (intent === 'read' || application.status === 'APPROVED')) return;
  if (administers(authorizer, intent)) return;
  throw own ? new Forbidden('The application is not approved.') : new NotFound('The application');
}

/** The application as other subgraphs answer it. */
export const stubOf = (id: string | null): { id: string } | null => (id === null ? null : { id });
