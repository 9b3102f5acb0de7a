import * as bindings from '../domain/binding/binding.queries.ts';
import * as checks from '../domain/check/check.service.ts';
import * as flags from '../domain/flag/flag.queries.ts';
import type { UserResolvers } from '../generated/graphql.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  masterFlags: ({ id }, _, ctx) => flags.flagsOf(ctx, id),
  accessVersion: ({ id }, _, ctx) => checks.versionOf(ctx, id),
  masterFlagGrants: ({ id }, _, ctx) => flags.grantsOf(ctx, id),
  roleBindings: ({ id }, args, ctx) => bindings.listOfUser(ctx, id, args),
};
