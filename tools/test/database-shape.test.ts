import { type DatabaseShape, shortcomings } from '../database-shape.ts';

function shape(tables: string[], columns: [string, string][], rest: [string, string][] = []): DatabaseShape {
  return { tables: new Set(tables), columns: new Map(columns), rest: new Map(rest) };
}

describe('migrations against entities', () => {
  const wanted = shape(['post'], [['post: id', 'uuid not null']], [['post: row level security', 'true forced false']]);

  test('agree where the migrated database has all that entities describe, and may have more', () => {
    const migrated = shape(
      ['post', 'outbox'],
      [...wanted.columns, ['outbox: id', 'bigint not null']],
      [...wanted.rest, ['post: index post_body_search', 'CREATE INDEX …']],
    );
    expect(shortcomings(migrated, wanted)).toEqual([]);
  });

  test('differ by a table that no migration makes, said once', () => {
    expect(shortcomings(shape([], []), wanted)).toEqual(['post: no migration makes it']);
  });

  test('differ by a column of another type and by row level security that was left off', () => {
    const migrated = shape(['post'], [['post: id', 'text']], [['post: row level security', 'false forced false']]);
    expect(shortcomings(migrated, wanted)).toEqual([
      'post: id: entities say uuid not null; migrations make text',
      'post: row level security: entities say true forced false; migrations make false forced false',
    ]);
  });

  test('differ by a column that entities forgot', () => {
    const migrated = shape(['post'], [...wanted.columns, ['post: note', 'text']], [...wanted.rest]);
    expect(shortcomings(migrated, wanted)).toEqual(['post: note: no entity has this column']);
  });
});
