import type { ViewerAccess } from '@polity/kernel/access/reader';
import type { AppError } from '@polity/kernel/graph/errors';

/** Access that cannot be asked: every question fails with the reason. */
export function unreachable(error: AppError): ViewerAccess {
  const fail = () => Promise.reject(error);
  const over = () => {
    throw error;
  };
  return { set: fail, authorizer: fail, tree: fail, fresh: fail, over };
}
