import type { Clock } from '../clock.ts';
import type { Viewer } from '../request/context.ts';
import { Forbidden, StepUpRequired, Unauthenticated } from './errors.ts';
import { allow, rule, type ShieldRule } from './shield.ts';

interface Asking {
  viewer: Viewer;
  clock: Clock;
}

/** Fifteen minutes: how long a proof of identity counts as fresh (design section 6, ASVS 7.5.1). */
export const STEP_UP_SECONDS = 15 * 60;

function personOnly(viewer: Viewer): true | Error {
  if (viewer.kind === 'anonymous') return new Unauthenticated();
  return viewer.kind === 'user' ? true : new Forbidden();
}

/** Anyone who reaches the tenant, signed in or not; the verb behind the field decides what they see. */
export const anyone: ShieldRule = allow;

/** A user, an application or a service; anonymous viewers get `UNAUTHENTICATED`. */
export const signedIn = rule<Asking>(
  'signedIn',
  ({ viewer }) => (viewer.kind === 'anonymous' ? new Unauthenticated() : true),
  { cache: 'contextual' },
);

/** A person with a session or token of their own; not an application acting for itself. */
export const person = rule<Asking>('person', ({ viewer }) => personOnly(viewer), { cache: 'contextual' });

/** Another part of Polity; guards the `@inaccessible` fields that no client may reach. */
export const service = rule<Asking>('service', ({ viewer }) => viewer.kind === 'service', { cache: 'contextual' });

/** A person who proved who they are within the step-up window. */
export const freshPerson = rule<Asking>('freshPerson', ({ viewer, clock }) => {
  const allowed = personOnly(viewer);
  if (allowed !== true) return allowed;
  const age = clock.nowMs() / 1000 - (viewer.authTime ?? 0);
  return age <= STEP_UP_SECONDS ? true : new StepUpRequired(STEP_UP_SECONDS);
});

/** A system administrator: for what concerns the installation and no tenant. */
export const administrator = rule<Asking>('system administrator', ({ viewer }) =>
  viewer.flags.includes('SYSTEM_ADMIN'),
);
