import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '@polity/kernel/clock';

const REMEMBER_MS = 600_000;
const MAX_REMEMBERED = 20_000;

/** Who was found to send this credential, and for which tenant. */
export interface Guest {
  payer: string;
  tenantId: string | null;
}

/** Whoever proved who they are a moment ago: enough to say whose limits a request counts for before anything is looked up, and for nothing else. */
export interface Guests {
  of(headers: IncomingHttpHeaders): Guest | null;
  remember(headers: IncomingHttpHeaders, guest: Guest): void;
}

export function guests(clock: Clock): Guests {
  const seen = new Map<string, Guest & { until: number }>();
  const keyOf = ({ cookie = '', authorization = '', 'x-tenant': tenant = '', host = '' }: IncomingHttpHeaders) =>
    hash('sha256', `${authorization}\n${cookie}\n${tenant}\n${host}`, 'base64url');

  return {
    of(headers) {
      if (headers.cookie === undefined && headers.authorization === undefined) return null;
      const found = seen.get(keyOf(headers));
      return found && found.until > clock.nowMs() ? found : null;
    },
    remember(headers, guest) {
      if (seen.size >= MAX_REMEMBERED) seen.clear();
      seen.set(keyOf(headers), { ...guest, until: clock.nowMs() + REMEMBER_MS });
    },
  };
}
