import { migrationDifference } from '../migration-difference.ts';
import { migrationText, ofEntities } from '../migration-text.ts';
import { ormDefinitions } from '../orm-definitions.ts';

const definitions = await ormDefinitions();
const entities = { tables: new Set(['note']), differs: () => true };

describe('a new migration', () => {
  it.each(definitions.map(({ name }) => name))('drops nothing of %s that was made by hand', async (name) => {
    const { up, down } = await migrationDifference(definitions.find((each) => each.name === name)!);
    expect({ up, down }).toEqual({ up: [], down: [] });
  });

  it('leaves tables of events and constraints that no entity speaks of, in both directions', () => {
    const change = 'alter table "note" add "title" text null;';
    const back = 'alter table "note" drop column "title";';
    const up = [
      'drop table if exists "outbox" cascade;',
      'alter table "note" drop constraint "note_place_fk";',
      'drop index "note_search";',
      'drop function if exists "tidy"(integer);',
      change,
    ];
    const down = [
      'create table "outbox" ("id" int);',
      'alter table "note" add constraint "note_place_fk" check (true);',
    ];
    expect(ofEntities({ up, down: [...down, back] }, entities)).toEqual({
      up: [change],
      down: [back],
      kept: ['note_place_fk', 'note_search'],
    });
  });

  it('drops a constraint that is made anew, and a column that is gone', () => {
    const up = [
      'alter table "note" drop constraint "note_state_check";',
      'alter table "note" drop column "title";',
      'alter table "note" add constraint "note_state_check" check (true);',
    ];
    expect(ofEntities({ up, down: [] }, entities)).toEqual({ up, down: [], kept: [] });
  });

  it('writes a policy only where it differs', () => {
    const up = ['drop policy "tenant" on "note";', 'create policy "tenant" on "note" using (true);'];
    expect(ofEntities({ up, down: [] }, entities).up).toEqual(up);
    expect(ofEntities({ up, down: [] }, { ...entities, differs: () => false }).up).toEqual([]);
  });

  it('makes the tables of events when it is the first of its subgraph', () => {
    const difference = { up: ['create table "note" ();'], down: ['drop table "note";'] };
    expect(migrationText('Migration1_initial', difference, true)).toContain('for (const sql of eventTablesSql)');
    expect(migrationText('Migration2_more', difference, false)).not.toContain('eventTables');
  });
});
