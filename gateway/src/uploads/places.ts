/** Things of which so many may be under way at once: of one person, and in all. */
export interface Places {
  /** Null where the places of this person are taken, or all are; else gives the place back when called. */
  take(who: string): (() => void) | null;
}

export function places(ofOne: number, inAll: number): Places {
  const taken = new Map<string, number>();
  let sum = 0;
  return {
    take(who) {
      const before = taken.get(who) ?? 0;
      if (before >= ofOne || sum >= inAll) return null;
      taken.set(who, before + 1);
      sum += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        sum -= 1;
        const left = (taken.get(who) ?? 1) - 1;
        if (left > 0) taken.set(who, left);
        else taken.delete(who);
      };
    },
  };
}
