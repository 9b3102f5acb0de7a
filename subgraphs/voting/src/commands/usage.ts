/** Something is wrong with how a command was called: one sentence, and the process ends with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
