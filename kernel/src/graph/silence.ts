/** From here on calls count as stuck, and from here on the service as silent, in milliseconds without any answer from it. */
const STUCK_MS = 100;
const SILENT_MS = 1_000;
/** As few calls as these may all be slow ones by chance. */
const FEW = 8;

/** Calls under way to one service, and for how long it has answered none of them. */
export interface Silence {
  /** A call begins; the result is to be called when it ends, and says whether the service answered. */
  begin(): (answered: boolean) => void;
  /** The service has answered nothing for a second although many calls are under way: it hangs. */
  isSilent(): boolean;
  /** Calls under way, where the service has answered none for a tenth of a second; else 0. */
  stuckCalls(): number;
}

/** `now` gives milliseconds of a clock that is never set. */
export function silence(now: () => number): Silence {
  // In the order in which they began.
  const underWay = new Set<{ at: number }>();
  let answeredAt = 0;

  function silentMs(): number {
    const [oldest] = underWay;
    return oldest ? now() - Math.max(oldest.at, answeredAt) : 0;
  }

  return {
    begin() {
      const call = { at: now() };
      underWay.add(call);
      return (answered) => {
        underWay.delete(call);
        if (answered) answeredAt = now();
      };
    },
    isSilent: () => underWay.size >= FEW && silentMs() >= SILENT_MS,
    stuckCalls: () => (silentMs() >= STUCK_MS ? underWay.size : 0),
  };
}
