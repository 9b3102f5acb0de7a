// Loaded before a process's own modules: its clock is off by CLOCK_SKEW_MS. Timers go on as they are, as they do when a machine's clock is wrong.
const skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
const RealDate = Date;

class SkewedDate extends RealDate {
  static override now(): number {
    return RealDate.now() + skewMs;
  }

  constructor(...given: [] | ConstructorParameters<typeof Date>) {
    if (given.length === 0) super(RealDate.now() + skewMs);
    else super(...(given as [number]));
  }
}

globalThis.Date = SkewedDate as DateConstructor;
