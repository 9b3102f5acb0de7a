import { withClient } from '../src/db/provision.ts';
import { fileReferencesSql, fileTableDownSql, fileTableSql } from '../src/files/file-table.ts';
import { uuidv7 } from '../src/ids.ts';
import { scratchDatabase } from './scratch-database.ts';

const HOUR_MS = 3_600_000;

it('a file stays as long as any column names it, and for as long again as it is told', async () => {
  const { url, drop } = await scratchDatabase();
  await withClient(url, async (client) => {
    const run = async (statements: readonly string[]) => {
      for (const sql of statements) await client.query(sql);
    };
    await run(['create table page (picture_file text)', ...fileTableSql(['page.picture_file'])]);
    const [tenant, start] = [uuidv7(), Date.now()];
    const put = (name: string) =>
      client.query(
        `insert into file (name, tenant_id, kind, bytes, sha256, uploaded_by, created_at) values ($1, $2, 'IMAGE', 1, '', $2, now())`,
        [name, tenant],
      );
    const sweepAt = async (hour: number): Promise<string[]> => {
      const at = (hours: number) => new Date(start + hours * HOUR_MS);
      const { rows } = await client.query<{ name: string }>('select sweep_files($1, $2, 500) as name', [
        at(hour),
        at(hour - 24),
      ]);
      return rows.map(({ name }) => name).sort();
    };
    for (const name of ['a', 'b', 'c']) await put(name);
    await run([`insert into page values ('a'), ('b')`]);
    expect(await sweepAt(0)).toEqual([]);
    expect(await sweepAt(23)).toEqual([]);
    await run([`delete from page where picture_file = 'b'`]);
    expect(await sweepAt(24)).toEqual(['c']);
    // Named again before it is swept, it begins anew.
    await run([`insert into page values ('b')`]);
    expect(await sweepAt(40)).toEqual([]);
    await run([`delete from page where picture_file = 'b'`]);
    expect(await sweepAt(50)).toEqual([]);
    expect(await sweepAt(73)).toEqual([]);
    // A later migration adds a column, which keeps what the first one does not name.
    await run(['create table person (avatar_file text)', `insert into person values ('b')`]);
    await run(fileReferencesSql(['page.picture_file', 'person.avatar_file']));
    expect(await sweepAt(74)).toEqual([]);
    const { rows } = await client.query('select known_files($1) as name order by 1', [['a', 'b', 'c', 'x']]);
    expect(rows).toEqual([{ name: 'a' }, { name: 'b' }]);
    await run(fileTableDownSql);
    await run(fileTableSql([]));
    await put('d');
    expect(await sweepAt(0)).toEqual([]);
    expect(await sweepAt(24)).toEqual(['d']);
  });
  await drop();
});
