import type { EventKind, FieldKind } from './catalogue.ts';
import { daysIn } from './days.ts';
import type { Surroundings } from './read.ts';
import { unknownWord } from './suggest.ts';
import type { Criterion, Problem, Scalar, Selection } from './types.ts';

type Options = Selection & {
  field?: string;
  unit?: 'DAY' | 'WEEK';
  atLeast: number;
  withinDays?: number;
  atMostPerDay?: number;
};

const problem = (path: string, message: string): Problem[] => [{ path, message }];
const NEVER = 'can never be reached';

function fits({ kind, values }: FieldKind, value: Scalar): boolean {
  if (value === null) return true;
  if (kind === 'boolean' || kind === 'number') return typeof value === kind;
  return typeof value === 'string' && (values === null || values.includes(value));
}

function whereProblems(where: Selection['where'], { fields }: EventKind): Problem[] {
  return Object.entries(where ?? {}).flatMap(([name, given]) => {
    const field = fields.get(name);
    if (!field) return problem(`where.${name}`, unknownWord('field', name, fields.keys()));
    const bad = (Array.isArray(given) ? given : [given]).find((value) => !fits(field, value));
    if (bad === undefined) return [];
    if (field.values && typeof bad === 'string')
      return problem(`where.${name}`, unknownWord('value', bad, field.values));
    return problem(`where.${name}`, `${NEVER}: the field is a ${field.kind}`);
  });
}

function fieldProblems(operator: string, { field: name, atLeast }: Options, { fields }: EventKind): Problem[] {
  if (name === undefined) return [];
  const field = fields.get(name);
  if (!field) return problem('field', unknownWord('field', name, fields.keys()));
  if (operator === 'sum' && field.kind !== 'number')
    return problem('field', `must be a number to be added up, and is a ${field.kind}`);
  const values = field.kind === 'boolean' ? 2 : field.values?.length;
  if (operator === 'distinct' && values !== undefined && atLeast > values)
    return problem('atLeast', `${NEVER}: the field has ${values} values`);
  return [];
}

function scopeProblems({ scope }: Options, { placed }: EventKind, { scope: own, liesWithin }: Surroundings): Problem[] {
  const wanted = scope ?? own;
  if (scope && !liesWithin(scope)) return problem('scope', 'is none that lies where the achievement does');
  if (wanted.type !== 'TENANT' && !placed)
    return problem(scope ? 'scope' : 'event', `${NEVER}: events of this type do not say where they happened`);
  return [];
}

/** What no number of events could come to, within the days that there are. */
function boundProblems(operator: string, options: Options, { period }: Surroundings): Problem[] {
  const { atLeast, withinDays = Number.POSITIVE_INFINITY, atMostPerDay, unit } = options;
  const days = Math.min(withinDays, daysIn[period]);
  const inPeriod = days < Number.POSITIVE_INFINITY ? ` in ${days} days` : '';
  const needed = unit === 'WEEK' ? (atLeast - 2) * 7 + 2 : atLeast;
  if (operator === 'streak' && needed > days) return problem('atLeast', `${NEVER}${inPeriod}`);
  if (atMostPerDay !== undefined && atMostPerDay * days < atLeast)
    return problem('atLeast', `${NEVER} with ${atMostPerDay} a day${inPeriod}`);
  return [];
}

function afterProblems(key: string, { others, period, key: own }: Surroundings): Problem[] {
  if (key === own) return [];
  if (!others.has(key)) return problem('achievement', unknownWord('achievement', key, others.keys()));
  if (period !== 'ONCE') return problem('achievement', 'is for what is granted once: a period begins without grants');
  return [];
}

/** What is wrong with one condition whose form is right, by its options. */
export function checkLeaf(criterion: Criterion, around: Surroundings): Problem[] {
  if ('after' in criterion) return afterProblems(criterion.after.achievement, around);
  const [operator, options] = Object.entries(criterion)[0] as [string, Options];
  const kind = around.catalogue.get(options.event);
  if (!kind) return problem('event', unknownWord('event type', options.event, around.catalogue.keys()));
  const { person } = options;
  return [
    ...(person !== undefined && !kind.people.includes(person)
      ? problem('person', unknownWord('person', person, kind.people))
      : []),
    ...whereProblems(options.where, kind),
    ...fieldProblems(operator, options, kind),
    ...scopeProblems(options, kind, around),
    ...boundProblems(operator, options, around),
  ];
}
