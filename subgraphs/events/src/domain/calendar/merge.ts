import type { ChangedDateRow } from '../event/changed-date.entity.ts';
import { seriesFor } from '../event/event.dates.ts';
import type { EventRow } from '../event/event.entity.ts';
import { changedOccurrence, inOrder, type Occurrence, plainDate } from './occurrence.ts';

/** Between which instants dates lie, as epoch milliseconds: begun before `to`, and not over at `from`. */
export interface Stretch {
  from: number;
  to: number;
}

const isWithin = ({ startsAt, endsAt }: Occurrence, { from, to }: Stretch): boolean =>
  startsAt.getTime() < to && (endsAt.getTime() > from || startsAt.getTime() >= from);

/** The dates of one series in the order of the calendar, beginning at `begin`, as far as somebody asks. */
function* ofSeries(
  event: EventRow,
  changes: readonly ChangedDateRow[],
  { from, to }: Stretch,
  begin: number,
  backwards: boolean,
): Generator<Occurrence, void> {
  const series = seriesFor(event);
  if (!series) return;
  const instead = new Set(changes.map(({ recurrenceId }) => recurrenceId.getTime()));
  const moved = changes
    .map((changed) => changedOccurrence(event, changed))
    .filter((each) => isWithin(each, { from, to }));
  moved.sort((a, b) => (backwards ? inOrder(b, a) : inOrder(a, b)));
  const start = backwards ? Math.min(begin, to - 1) : Math.max(begin, from - event.lasts());
  for (const at of series.dates(start, backwards)) {
    if (backwards ? at < from - event.lasts() : at >= to) break;
    if (instead.has(at)) continue;
    const plain = plainDate(event, at);
    if (!isWithin(plain, { from, to })) continue;
    for (let [next] = moved; next && inOrder(next, plain) * (backwards ? -1 : 1) < 0; [next] = moved) {
      moved.shift();
      yield next;
    }
    yield plain;
  }
  yield* moved;
}

interface Source {
  head: Occurrence;
  rest: Iterator<Occurrence, void>;
}

/** A heap of sequences by what each has next, so that a page costs its length and no more of any series than it shows. */
function heapOf(sources: readonly Iterator<Occurrence, void>[], before: (a: Occurrence, b: Occurrence) => boolean) {
  const heap: Source[] = [];
  const at = (index: number) => heap[index] as Source;
  const isLess = (a: number, b: number) => before(at(a).head, at(b).head);
  const swap = (a: number, b: number) => {
    const kept = at(a);
    heap[a] = at(b);
    heap[b] = kept;
  };
  function down(from: number): void {
    for (let index = from; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < heap.length && isLess(left, least)) least = left;
      if (right < heap.length && isLess(right, least)) least = right;
      if (least === index) return;
      swap(index, least);
      index = least;
    }
  }
  for (const rest of sources) {
    const { value } = rest.next();
    if (value) heap.push({ head: value, rest });
  }
  for (let index = Math.floor(heap.length / 2) - 1; index >= 0; index--) down(index);
  return (): Occurrence | null => {
    const [top] = heap;
    if (!top) return null;
    const { head } = top;
    const { value } = top.rest.next();
    if (value) top.head = value;
    else {
      const last = heap.pop() as Source;
      if (heap.length > 0) heap[0] = last;
    }
    down(0);
    return head;
  };
}

/** What a calendar is put together from. */
export interface Found {
  single: readonly EventRow[];
  recurring: readonly EventRow[];
  changed: ReadonlyMap<string, readonly ChangedDateRow[]>;
}

/** What is asked of it. */
export interface Asked {
  stretch: Stretch;
  /** Where the page begins: everything before it in the order that is read is left out. */
  begin: number;
  isBeyond(occurrence: Occurrence): boolean;
  /** Whether it lies where the page must end, so that nothing more is worked out. */
  isPast(occurrence: Occurrence): boolean;
  backwards: boolean;
  limit: number;
}

/** One page of dates in the order of time; with `backwards` read from the end. */
export function pageOfDates(found: Found, asked: Asked): Occurrence[] {
  const { stretch, begin, isBeyond, isPast, backwards, limit } = asked;
  const sequences = found.recurring.map((event) =>
    ofSeries(event, found.changed.get(event.id) ?? [], stretch, begin, backwards),
  );
  const single = found.single.map((event) => plainDate(event, event.startsAt.getTime()));
  const before = (a: Occurrence, b: Occurrence) => inOrder(a, b) * (backwards ? -1 : 1) < 0;
  const take = heapOf([single.values(), ...sequences], before);
  const page: Occurrence[] = [];
  for (let next = take(); next && !isPast(next); next = take()) {
    if (isBeyond(next)) page.push(next);
    if (page.length === limit) break;
  }
  return page;
}
