import { InvalidInput } from '@polity/kernel/graph/errors';

/** The reason for an act of administration, for the audit log. Throws InvalidInput unless it has 1 to 500 visible characters. */
export function readReason(given: string): string {
  const reason = given.trim();
  const length = [...reason].length;
  if (length < 1 || length > 500 || /\p{Cc}/u.test(reason.replaceAll(/[\n\t]/g, ' '))) {
    throw new InvalidInput({ reason: 'needs 1 to 500 characters' });
  }
  return reason;
}
