import { AnswerTooLarge, jsonBytes, MAX_ANSWER_BYTES, tooLargeReply } from '@polity/kernel/graph/answer-size';
import type { GraphReply } from '@polity/kernel/graph/transport';
import type { GatewayContext } from './context.ts';

type Counted = Pick<GatewayContext, 'received'>;

/** The answer that stands in for a fetch that need not be made, because what came already is too large; null while it is not. */
export const beyondCap = ({ received }: Counted): GraphReply | null =>
  received > MAX_ANSWER_BYTES ? tooLargeReply() : null;

/** Counts what a subgraph answered. What is too large is let go at once, so that nobody merges it. */
export function counted(context: Counted, reply: GraphReply): GraphReply {
  const refused = reply.errors?.some(({ extensions }) => extensions?.code === 'ANSWER_TOO_LARGE');
  const left = Math.max(0, MAX_ANSWER_BYTES - context.received);
  const ofData = reply.bytes ?? jsonBytes(reply.data, left);
  const ofErrors = reply.errors ? jsonBytes(reply.errors, left) : 0;
  context.received += refused ? MAX_ANSWER_BYTES + 1 : ofData + ofErrors;
  return beyondCap(context) ? { ...reply, ...tooLargeReply() } : reply;
}

/** Throws AnswerTooLarge for an operation whose answer is beyond the cap: one entity that is fetched once may stand in many places of it. */
export function assertWithinCap(context: Counted, { data = '', errors }: { data?: string; errors?: unknown }): void {
  const ofErrors = errors ? jsonBytes(errors, MAX_ANSWER_BYTES) : 0;
  const isTooLarge = beyondCap(context) !== null || data.length + ofErrors > MAX_ANSWER_BYTES;
  // Bytes are counted only where there may be too many: a character takes three at most.
  const most = 3 * data.length + ofErrors;
  if (isTooLarge || (most > MAX_ANSWER_BYTES && Buffer.byteLength(data) + ofErrors > MAX_ANSWER_BYTES))
    throw new AnswerTooLarge();
}
