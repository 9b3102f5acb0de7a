/** Statements that bring a database to what entities say, and back. */
export interface Difference {
  up: readonly string[];
  down: readonly string[];
}

/** What entities say of the database. */
export interface Entities {
  tables: ReadonlySet<string>;
  /** Whether the database has this policy in another form; a statement that only spells it in another way says nothing. */
  differs(table: string, policy: string): boolean;
}

const TABLE = /^(?:create table|drop table(?: if exists)?|alter table(?: if exists)?) "(\w+)"/;
const INDEX = /^create (?:unique )?index "\w+" on "(\w+)"/;
const POLICY = /^(?:create|drop) policy "(\w+)" on "(\w+)"/;
const DROPPED = /^(?:alter table "\w+" drop constraint (?:if exists )?|drop index )"(\w+)"/;
const MADE = /^(?:alter table "\w+" add constraint |create (?:unique )?index )"(\w+)"/;

const nameIn = (pattern: RegExp, sql: string): string => pattern.exec(sql)?.[1] ?? '';

/** Whether a statement is about what entities speak of; functions, triggers and other tables are made by hand. */
function isOfEntities(sql: string, { tables, differs }: Entities): boolean {
  const [, policy, owner] = POLICY.exec(sql) ?? [];
  if (policy && owner) return tables.has(owner) && differs(owner, policy);
  return tables.has(nameIn(TABLE, sql) || nameIn(INDEX, sql)) || DROPPED.test(sql);
}

/**
 * The difference without what migrations add by hand: tables, functions, and constraints and indexes that are not made anew, such as foreign
 * keys that name the tenant. `kept` names those: what an entity did speak of is to be dropped by hand.
 */
export function ofEntities({ up, down }: Difference, entities: Entities): Difference & { kept: string[] } {
  const made = new Set(up.map((sql) => nameIn(MADE, sql)));
  const kept = up.map((sql) => nameIn(DROPPED, sql)).filter((name) => name !== '' && !made.has(name));
  const stays = (sql: string) => isOfEntities(sql, entities) && !/^drop table/.test(sql);
  return {
    up: up.filter((sql) => stays(sql) && !kept.includes(nameIn(DROPPED, sql))),
    down: down.filter((sql) => isOfEntities(sql, entities) && !kept.includes(nameIn(MADE, sql))),
    kept,
  };
}

const statement = (sql: string) => `    this.addSql(\`${sql.replace(/[`$\\]/g, '\\$&')}\`);`;

const method = (name: string, lines: readonly string[]) => `  override ${name}(): void {\n${lines.join('\n')}\n  }`;

/** The source of a migration; the first of a subgraph makes the kernel's tables of events and jobs, too. */
export function migrationText(className: string, { up, down }: Difference, first: boolean): string {
  const ofKernel = (...lists: string[]) =>
    first ? lists.map((list) => `    for (const sql of ${list}) this.addSql(sql);`) : [];
  const imports = [
    `import { Migration } from '@mikro-orm/migrations';`,
    ...(first
      ? [
          `import { eventTablesDownSql, eventTablesSql } from '@polity/kernel/events/outbox';`,
          `import { jobTableDownSql, jobTableSql } from '@polity/kernel/jobs/job';`,
        ]
      : []),
  ];
  const methods = [
    method('up', [...up.map(statement), ...ofKernel('eventTablesSql', 'jobTableSql')]),
    method('down', [...ofKernel('jobTableDownSql', 'eventTablesDownSql'), ...down.map(statement)]),
  ];
  return `${imports.join('\n')}\n\nexport class ${className} extends Migration {\n${methods.join('\n\n')}\n}\n`;
}
