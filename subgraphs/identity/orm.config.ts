import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Application, ApplicationSecret } from './src/domain/application/application.entity.ts';
import { AuditEntry } from './src/domain/audit/audit.entity.ts';
import { Credential } from './src/domain/credential/credential.entity.ts';
import { EmailCode } from './src/domain/email-code/email-code.entity.ts';
import { Invitation, InvitationUse } from './src/domain/invitation/invitation.entity.ts';
import { Membership } from './src/domain/membership/membership.entity.ts';
import { RecoveryCode, TotpFactor } from './src/domain/mfa/factors.entity.ts';
import { TrustedDevice } from './src/domain/mfa/trusted-device.entity.ts';
import { OidcPayload } from './src/domain/oidc-payload/oidc-payload.entity.ts';
import { SigningKey } from './src/domain/oidc-payload/signing-key.entity.ts';
import { Passkey, PasskeyChallenge } from './src/domain/passkey/passkey.entity.ts';
import { PersonalToken } from './src/domain/personal-token/personal-token.entity.ts';
import { RegistrationToken } from './src/domain/registration/registration-token.entity.ts';
import { Tenant } from './src/domain/tenant/tenant.entity.ts';
import { Token } from './src/domain/token/token.entity.ts';
import { UpstreamAttempt, UpstreamLink, UpstreamProvider } from './src/domain/upstream/upstream.entity.ts';
import { User } from './src/domain/user/user.entity.ts';

export const orm: OrmDefinition = {
  name: 'identity',
  entities: [
    User,
    Credential,
    Token,
    Tenant,
    Membership,
    AuditEntry,
    Application,
    ApplicationSecret,
    PersonalToken,
    RegistrationToken,
    OidcPayload,
    SigningKey,
    Invitation,
    InvitationUse,
    TotpFactor,
    RecoveryCode,
    TrustedDevice,
    Passkey,
    PasskeyChallenge,
    EmailCode,
    UpstreamProvider,
    UpstreamLink,
    UpstreamAttempt,
  ],
  migrations: new URL('./migrations', import.meta.url).href,
};
