import pg from 'pg';
import type { Prepared } from './lease.ts';

/** A connection keeps each plan for as long as it lives, so what comes after so many texts is planned each time. */
const MAX_TEXTS = 200;
const TIMESTAMPTZ = 1184;

const parseAny = pg.types.getTypeParser(TIMESTAMPTZ);
/** In the time zone of our sessions, an ISO date but for two characters. */
const parseTime = (text: string): unknown =>
  text.endsWith('+00') ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parseAny(text);

const types = {
  getTypeParser: (oid: number, format?: string) =>
    oid === TIMESTAMPTZ && format !== 'binary' ? parseTime : pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig;

/** The statements of one pool by their text; texts come from our code, so that there are few. */
export function preparedStatements(): (text: string) => Prepared | Omit<Prepared, 'name'> {
  const known = new Map<string, Prepared>();
  return (text) => {
    const statement = known.get(text);
    if (statement) return statement;
    const unnamed = { text, rowMode: 'array', types } as const;
    if (known.size >= MAX_TEXTS) return unnamed;
    const named = { ...unnamed, name: `read_${known.size}` };
    known.set(text, named);
    return named;
  };
}
