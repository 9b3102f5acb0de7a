import { type EntityName, type FindOneOptions, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { seenBy, type Visible } from '../db/branches.ts';
import type { Row } from '../db/row.ts';
import { type Match, type Query, readRows } from '../db/rows.ts';
import { isUuid } from '../ids.ts';
import { NotFound } from './errors.ts';
import { groupLoaderBy, type Loader, loaderBy } from './loader.ts';

interface Identified {
  id: string;
}

/** What more is asked of the rows that a loader reads. */
type Asked<Entity> = Query<Entity> | Promise<Query<Entity>>;
type Property<Entity> = keyof Entity & keyof Row<Entity>;

async function rowsWith<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  asked: Asked<Entity>,
  keys: Match<Entity>,
): Promise<Row<Entity>[]> {
  const { where = [], ...query } = await asked;
  return readRows(em, entity, { ...query, where: [keys, ...where] });
}

/** The value of a property, or the id of what it refers to. */
const keyIn = (value: unknown) => (typeof value === 'object' ? (value as Identified).id : value) as string;

/** Rows by a property that makes them unique, in one statement: hidden and missing are null alike. */
export function rowBy<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  property: Property<Entity>,
  query: () => Asked<Entity> = () => ({}),
): Loader<string, Row<Entity> | null> {
  return loaderBy<string, Row<Entity>>(
    (keys) => rowsWith(em, entity, query(), { [property]: keys } as Match<Entity>),
    (row) => keyIn(row[property]),
  );
}

/** All rows that share a property, in one statement and in the order of the query. */
export function rowsBy<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  property: Property<Entity>,
  query: () => Asked<Entity> = () => ({}),
): Loader<string, Row<Entity>[]> {
  return groupLoaderBy<string, Row<Entity>>(
    (keys) => rowsWith(em, entity, query(), { [property]: keys } as Match<Entity>),
    (row) => keyIn(row[property]),
  );
}

/** The entity for a verb that changes it, by a condition over the alias `t`. Throws NotFound with that noun for hidden and missing alike. */
export async function getVisible<Entity extends Identified>(
  tx: EntityManager,
  entity: EntityName<Entity>,
  { id, visible, noun, populate = [] }: { id: string; visible: Visible; noun: string; populate?: readonly string[] },
): Promise<Entity> {
  const { sql, params } = seenBy(visible);
  // MikroORM names the table as it likes, and knows arrays of PostgreSQL as text only.
  const condition = raw(sql.replaceAll(/\bt\./g, '[::alias::].'), params.map(asText));
  const where = { $and: [{ id }, { [condition as never]: [] }] };
  const found = isUuid(id) ? await tx.findOne(entity, where as never, { populate } as FindOneOptions<Entity>) : null;
  if (!found) throw new NotFound(noun);
  return found as Entity;
}

const asText = (value: unknown) => (Array.isArray(value) ? `{${value.join(',')}}` : value);
