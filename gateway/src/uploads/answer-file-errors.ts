import { FilesUnavailable } from '@polity/kernel/files/store';
import { AppError, SubgraphUnavailable } from '@polity/kernel/graph/errors';
import { StoreUnavailable } from '@polity/kernel/kv/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../refusals.ts';

/** A refusal with its HTTP status. */
export class Refused extends Error {
  readonly status: number;
  readonly told: AppError;

  constructor(status: number, told: AppError) {
    super(told.message);
    this.name = 'Refused';
    this.status = status;
    this.told = told;
  }
}

const STATUS: Readonly<Record<string, number>> = { RATE_LIMITED: 429, NOT_FOUND: 404 };

function retryAfter({ details }: AppError): Record<string, string> {
  return details.retryAfter === undefined ? {} : { 'retry-after': String(details.retryAfter) };
}

/** A route whose errors become coded answers; what nobody foresaw is left to the server. */
export function answering<Path extends { Params: object }>(
  route: (request: FastifyRequest<Path>, reply: FastifyReply) => Promise<unknown>,
) {
  return async (request: FastifyRequest<Path>, reply: FastifyReply): Promise<unknown> => {
    try {
      return await route(request, reply);
    } catch (error) {
      if (error instanceof Refused) return refuse(reply.headers(retryAfter(error.told)), error.status, error.told);
      if (error instanceof AppError) return refuse(reply.headers(retryAfter(error)), STATUS[error.code] ?? 400, error);
      if (error instanceof FilesUnavailable || error instanceof StoreUnavailable)
        return refuse(reply.header('retry-after', 1), 503, new SubgraphUnavailable('files', error));
      throw error;
    }
  };
}
