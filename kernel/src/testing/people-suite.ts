import { columnsWithin, type PeopleDuty, type PersonColumn, partOf } from '../duties/people.ts';
import { uuidv7 } from '../ids.ts';
import { serviceViewer } from '../request/context.ts';
import type { Person } from './dialect.ts';
import type { Shared } from './suites.ts';
import { onDatabase } from './walls.ts';

interface Column {
  table: string;
  column: string;
  /** Table here that the column refers to; null where none. */
  refers: string | null;
}

const KERNEL_TABLES = ['dead_letter', 'inbox', 'job', 'migration', 'outbox'];
const COLUMNS = `select c.relname as "table", a.attname as "column",
    (select r.relname from pg_constraint f join pg_class r on r.oid = f.confrelid
      where f.contype = 'f' and f.conrelid = c.oid and a.attnum = any(f.conkey) order by r.relname limit 1) as refers
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition`;

const ERASE = 'mutation ($id: ID!) { _erasePerson(userId: $id) }';
const EXPORT =
  'query ($id: ID!, $part: String!, $after: String) { _exportPerson(userId: $id, part: $part, first: 2, after: $after) }';
const asService = serviceViewer('test');

/** Every column that names a person stands in `people`; what it says about exporting and erasing one is so. */
export function peopleSuite(shared: Shared): void {
  const { subgraph, nouns } = shared.domain;
  const duty: PeopleDuty = subgraph.people ?? { columns: [], notPeople: [] };
  const rowsOf = <Row extends object>(sql: string) =>
    onDatabase<Row[]>(shared.test.world, subgraph.name, (ask) => ask(sql));
  const columns = async () => (await rowsOf<Column>(COLUMNS)).filter(({ table }) => !KERNEL_TABLES.includes(table));
  const names = (person: Person, { table, column }: PersonColumn, where = 'true') =>
    rowsOf(`select 1 from "${table}" where "${column}"::text = '${person.id}' and ${where}`);
  const within = ({ of }: PersonColumn, tenantId: string | null) => {
    if (of === 'installation') return 'true';
    return tenantId === null ? 'tenant_id is null' : `tenant_id = '${tenantId}'`;
  };

  it('has every column that names a person', async () => {
    const people = new Set(duty.columns.map(partOf));
    const accounts = new Set(duty.columns.filter(({ column }) => column === 'id').map(({ table }) => table));
    const namesSomebody = ({ table, column, refers }: Column) =>
      refers
        ? accounts.has(refers)
        : /_(id|by)$/.test(column) && column !== 'tenant_id' && !duty.notPeople.includes(column) && table !== '';
    const missing = (await columns()).filter(
      (each) => namesSomebody(each) && !people.has(`${each.table}.${each.column}`),
    );
    expect(missing).toEqual([]);
  });

  it('speaks of columns that are there', async () => {
    const there = new Set((await columns()).map(({ table, column }) => `${table}.${column}`));
    const told = duty.columns.flatMap(({ table, column, exports, key = 'id', ...rest }) => {
      const set = typeof rest.erase === 'object' ? Object.keys(rest.erase.set) : [];
      return [column, ...exports, ...set, ...(exports.length > 0 ? [key] : [])].map((name) => `${table}.${name}`);
    });
    expect(told.filter((name) => !there.has(name))).toEqual([]);
    const named = (await columns()).map(({ column }) => column);
    expect(duty.notPeople.filter((name) => !named.includes(name))).toEqual([]);
  });

  /** A person with one of everything. */
  async function somebody(): Promise<Person> {
    const person = await shared.test.person(shared.domain.ownerRole ?? 'tenant.owner');
    for (const noun of Object.values(nouns)) await noun.make(shared.test, person);
    await shared.domain.leaveTraces?.(shared.test, person);
    await shared.test.world.settle();
    return person;
  }

  /** All rows of a part, page by page. */
  async function exported(person: Person, part: string, tenantId: string | null): Promise<unknown[]> {
    const rows: unknown[] = [];
    for (let after: string | null = null; ; ) {
      const page: { rows: unknown[]; next: string | null } = await shared.test.get(
        asService,
        EXPORT,
        { id: person.id, part, after },
        { tenantId },
      );
      rows.push(...page.rows);
      if (!page.next) return rows;
      after = page.next;
    }
  }

  it('exports every row of one person, in these walls and to services only', async () => {
    const person = await somebody();
    for (const tenantId of [shared.test.tenantId, null]) {
      for (const each of columnsWithin(duty, tenantId).filter(({ exports }) => exports.length > 0)) {
        const rows = await exported(person, partOf(each), tenantId);
        expect([partOf(each), rows.length]).toEqual([
          partOf(each),
          (await names(person, each, within(each, tenantId))).length,
        ]);
        const elsewhere = tenantId ? await exported(person, partOf(each), await shared.test.tenant()) : [];
        expect(elsewhere).toEqual([]);
      }
    }
    expect(await shared.test.codeOf(person, EXPORT, { id: person.id, part: 'x', after: null })).toBe('FORBIDDEN');
    expect(await shared.test.codeOf(person, ERASE, { id: person.id })).toBe('FORBIDDEN');
    expect(await shared.test.codeOf(asService, EXPORT, { id: person.id, part: 'x.y', after: null })).toBe('NOT_FOUND');
  });

  it('erases one person and nobody else, twenty times at once as once', async () => {
    const [gone, stays] = [await somebody(), await somebody()];
    const rowsNaming = async (person: Person) => {
      const found = await Promise.all(
        duty.columns.map(async (each) => [partOf(each), (await names(person, each)).length]),
      );
      return Object.fromEntries(found) as Record<string, number>;
    };
    const [had, before] = [await rowsNaming(gone), await rowsNaming(stays)];
    if (duty.columns.length > 0) expect(Object.values(had).some((rows) => rows > 0)).toBe(true);
    const erase = (tenantId: string | null) => shared.test.get(asService, ERASE, { id: gone.id }, { tenantId });
    await Promise.all(Array.from({ length: 20 }, () => erase(shared.test.tenantId)));
    await erase(null);
    const left = await rowsNaming(gone);
    for (const each of duty.columns)
      if (each.erase !== 'keep') expect([partOf(each), left[partOf(each)]]).toEqual([partOf(each), 0]);
    expect(await rowsNaming(stays)).toEqual(before);
    expect(await erase(shared.test.tenantId)).toEqual(expect.any(Object));
    await shared.test.get(asService, ERASE, { id: uuidv7() });
  });
}
