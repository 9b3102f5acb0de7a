import type { FastifyReply } from 'fastify';
import type { Refused } from './graph.ts';
import type { Visit } from './visit.ts';

type Answer = FastifyReply | Promise<FastifyReply>;

/** A page: what it shows, again with what was refused, and what becomes of its form. */
export interface PageDefinition {
  path: string;
  show(visit: Visit, refused?: Refused): Answer;
  take?(visit: Visit): Answer;
}
