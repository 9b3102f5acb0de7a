/** SQL and the values of its `?` placeholders. */
export interface Sql {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export const sql = (text: string, ...params: readonly unknown[]): Sql => ({ sql: text, params });

export const always = sql('true');
export const never = sql('false');

function joined(parts: readonly Sql[], by: string, none: Sql): Sql {
  const [first = none, ...rest] = parts;
  if (rest.length === 0) return first;
  return sql(`(${parts.map((part) => `(${part.sql})`).join(by)})`, ...parts.flatMap(({ params }) => params));
}

/** Every one of the conditions. */
export const all = (...parts: readonly Sql[]): Sql =>
  joined(
    parts.filter((part) => part !== always),
    ' and ',
    always,
  );

/** At least one of the conditions. */
export const any = (...parts: readonly Sql[]): Sql => joined(parts, ' or ', never);

/** The text as a `like` pattern that finds it anywhere. */
export const containing = (wanted: string): string => `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;

/** The same statement with the placeholders of PostgreSQL's protocol: `$1`, `$2` and so on. */
export function numbered(text: string): string {
  let position = 0;
  return text.replaceAll('?', () => `$${++position}`);
}
