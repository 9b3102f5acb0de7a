import type { ConsentResolvers } from '../generated/graphql.ts';

export const Consent: ConsentResolvers = {
  application: ({ applicationId }, _, ctx) => ctx.loaders.applicationById.load(applicationId),
};
