import { detail, offered } from '../domain/application/application.service.ts';
import { settingsOf } from '../domain/application/application.settings.ts';
import type { ApplicationResolvers, RegisteredApplicationResolvers } from '../generated/graphql.ts';

export const Application: ApplicationResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.applicationById.load(id),
  redirectUris: (application, _, ctx) => detail(ctx, application, () => application.redirectUris),
  postLogoutRedirectUris: (application, _, ctx) => detail(ctx, application, () => application.postLogoutRedirectUris),
  backchannelLogoutUri: (application, _, ctx) =>
    detail(ctx, application, () => application.backchannelLogoutUri ?? null),
  requirePkce: (application, _, ctx) => detail(ctx, application, () => application.requirePkce),
  claimsInIdToken: (application, _, ctx) => detail(ctx, application, () => application.claimsInIdToken),
  idTokenAlgorithm: (application, _, ctx) => detail(ctx, application, () => application.idTokenAlgorithm),
  requestedScopes: (application, _, ctx) => detail(ctx, application, () => application.requestedScopes),
  pendingScopes: (application, _, ctx) => detail(ctx, application, () => application.pendingScopes),
  permissionsOnApproval: (application, _, ctx) => offered(ctx, application),
  version: (application, _, ctx) => detail(ctx, application, () => application.version),
  rejectionReason: (application, _, ctx) => detail(ctx, application, () => application.rejectionReason ?? null),
  secrets: (application, _, ctx) =>
    detail(ctx, application, () => ctx.loaders.secretsOfApplication.load(application.id)),
  createdBy: (application, _, ctx) => detail(ctx, application, () => ctx.loaders.userById.load(application.createdBy)),
};

export const RegisteredApplication: RegisteredApplicationResolvers = {
  settings: ({ application, secret }, _, ctx) => settingsOf(ctx, application, secret ?? null),
};
