/** CPU milliseconds of the event loop that one request of a class may cost: so much in any case, and so much more for each kilobyte sent. */
const CEILINGS = {
  documents: { ms: 25, msPerKilobyte: 0 },
  strings: { ms: 30, msPerKilobyte: 0.1 },
  answers: { ms: 100, msPerKilobyte: 0 },
  markdown: { ms: 30, msPerKilobyte: 0.5 },
  introspection: { ms: 25, msPerKilobyte: 0 },
};

/** What is attacked. */
export type AttackClass = keyof typeof CEILINGS;

/**
 * Six times as much is taken on a machine that does other work, whose caches and clock rates this process shares; a fault of the kind that is looked for
 * costs hundreds of times as much.
 */
const LENIENCE = 6;

/** What a request of this size may cost before its test fails. */
export function ceilingMs(name: AttackClass, bytes: number): number {
  const { ms, msPerKilobyte } = CEILINGS[name];
  return LENIENCE * (ms + (msPerKilobyte * bytes) / 1_000);
}
