import type { PasskeyResolvers } from '../generated/graphql.ts';

export const Passkey: PasskeyResolvers = {
  synced: ({ backedUp }) => backedUp,
};
