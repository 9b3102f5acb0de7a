import type { Context } from '../../context.ts';

export type MfaMethod = 'TOTP' | 'RECOVERY_CODE' | 'PASSKEY';

/** What is known about the second factors of one account in the tenant of the request. */
export interface Factors {
  totp: boolean;
  passkeys: number;
  recoveryCodesLeft: number;
  /** Whether the tenant of the request wants a second factor of everybody. */
  required: boolean;
}

const FACTORS = `select
  exists (select 1 from totp_factor where user_id = ?::uuid and confirmed_at is not null) as totp,
  (select count(*)::int from passkey where user_id = ?::uuid) as passkeys,
  (select count(*)::int from recovery_code where user_id = ?::uuid and used_at is null) as "recoveryCodesLeft",
  coalesce((select mfa_required from tenant where id = ?::uuid), false) as required`;

/** Second factors of an account, in one statement. */
export async function factorsOf({ em, request }: Pick<Context, 'em' | 'request'>, userId: string): Promise<Factors> {
  const [factors] = await em.execute<Factors[]>(FACTORS, [userId, userId, userId, request.tenantId]);
  return factors as Factors;
}

/** Whether a password or link is not enough to sign in. */
export function needsSecondFactor({ totp, required }: Factors): boolean {
  return totp || required;
}

/** Second factors that the account can use now; none for somebody who must enrol first. */
export function methodsOf({ totp, passkeys, recoveryCodesLeft }: Factors): MfaMethod[] {
  const methods: MfaMethod[] = [];
  if (totp) methods.push('TOTP');
  if (passkeys > 0) methods.push('PASSKEY');
  if (recoveryCodesLeft > 0) methods.push('RECOVERY_CODE');
  return methods;
}
