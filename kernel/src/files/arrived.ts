import { z } from 'zod';
import type { KeyValueStore } from '../kv/store.ts';
import { uploadKinds } from './kinds.ts';

/** The space of uploads that no verb has taken yet. */
export const INCOMING = 'incoming';
/** For how long an upload waits for the verb that takes it. */
export const WAITS_SECONDS = 20 * 3_600;
/** For how long a body may be on its way; its place is free again a minute later, should the process that received it die. */
export const ARRIVES_SECONDS = 300;

const arrived = z.object({
  /** Key in the store of what arrived. */
  key: z.string(),
  kind: z.enum(uploadKinds),
  mediaType: z.string(),
  extension: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  /** The service that took it; absent before. */
  space: z.string().optional(),
});

/** An upload that is there whole. */
export type Arrived = z.infer<typeof arrived>;

const nameOf = (id: string) => `upload:${id}`;

/** What is known of uploads under way and of those that wait, in the store that all processes share. */
export function arrivals(kv: KeyValueStore) {
  return {
    /** Takes the one place of an upload; false where its body is there or on its way already. */
    begin: (id: string, attempt: string) => kv.setIfAbsent(nameOf(id), attempt, { ttlSeconds: ARRIVES_SECONDS + 60 }),
    /** Makes room for another try. */
    giveUp: (id: string) => kv.delete(nameOf(id)),
    /** Says that the body is there; false where it took so long that its place was given to another. */
    finish: (id: string, attempt: string, found: Arrived) =>
      kv.replace(nameOf(id), attempt, JSON.stringify(found), { ttlSeconds: WAITS_SECONDS }),
    /**
     * What arrived, for the service that takes it: the first one that asks has it from then on, every other finds nothing. Null where nothing arrived
     * yet, or it waited too long.
     */
    async take(id: string, space: string): Promise<Arrived | null> {
      const text = await kv.get(nameOf(id));
      if (!text?.startsWith('{')) return null;
      const found = arrived.parse(JSON.parse(text));
      if (found.space !== undefined) return found.space === space ? found : null;
      const taken = { ...found, space };
      if (await kv.replace(nameOf(id), text, JSON.stringify(taken))) return taken;
      const other = JSON.parse((await kv.get(nameOf(id))) ?? '{}') as { space?: string };
      return other.space === space ? taken : null;
    },
  };
}
