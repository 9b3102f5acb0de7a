import type { Constructor, EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { PostgreSqlPlatform } from '@mikro-orm/postgresql';

/** What stands in a row for another one: its id, and the row itself where it was joined. A reference of MikroORM fits, too. */
export interface RowRef<Entity> {
  readonly id: string;
  isInitialized(): boolean;
  unwrap(): Row<Entity>;
}

interface Reference<Entity> {
  isInitialized(): boolean;
  unwrap(): Entity;
}

type ReadValue<Value> =
  NonNullable<Value> extends Reference<infer Target> ? RowRef<Target> | Extract<Value, null | undefined> : Value;

/** Methods that return nothing are there to change the entity. */
type IsChange<Value> = Value extends (...args: never[]) => infer Result
  ? // biome-ignore lint/suspicious/noConfusingVoidType: what is compared is the type that a method returns
    [Result] extends [void]
    ? true
    : false
  : false;

/**
 * An entity as it was read: its methods work, but those that change it are not there, nothing of it can be assigned, and MikroORM refuses to
 * write it. Whatever takes a row takes an entity as well.
 */
export type Row<Entity> = {
  readonly [Key in keyof Entity as Key extends string
    ? IsChange<Entity[Key]> extends true
      ? never
      : Key
    : never]: ReadValue<Entity[Key]>;
};

class JoinedRef {
  readonly id: string;
  readonly #row: object | null;

  constructor(id: string, row: object | null) {
    this.id = id;
    this.#row = row;
  }

  isInitialized(): boolean {
    return this.#row !== null;
  }

  unwrap(): object {
    if (!this.#row) throw new Error(`Row ${this.id} was not joined.`);
    return this.#row;
  }
}

/** How rows of one entity are read: its columns, in the order in which `read` takes their values. */
export interface Shape {
  /** Columns without their table. */
  readonly columns: readonly string[];
  /** The row whose values begin at that place; null where its first column, the primary key, is. Joined rows are given by property. */
  read(values: readonly unknown[], from: number, joined?: ReadonlyMap<string, object | null>): object | null;
}

type Convert = (value: unknown) => unknown;

function conversion({ customType }: EntityProperty, platform: PostgreSqlPlatform): Convert | null {
  // The driver gives an id as the text that it is.
  if (!customType || customType.constructor.name === 'UuidType') return null;
  return (value) => (value === null ? null : customType.convertToJSValue(value, platform));
}

// MikroORM puts accessors on the prototype of an entity that note every change; a row has plain values in their place.
function prototypeOf({ class: entity, props, name }: EntityMetadata): object {
  const plain = { value: undefined, writable: true, enumerable: false, configurable: true };
  const own: PropertyDescriptorMap = Object.fromEntries(props.map((prop) => [prop.name, plain]));
  const refuse = () => {
    throw new Error(
      `A row of ${name} that was only read cannot be written. Load it in the transaction that changes it.`,
    );
  };
  return Object.create((entity as Constructor).prototype, {
    ...own,
    __helper: { get: refuse },
    toJSON: { value: undefined },
    [Symbol.for('nodejs.util.inspect.custom')]: { value: undefined },
  });
}

/** The shape of an entity's rows. Properties that are loaded on demand, and such that are no column, are left out. */
export function compileShape(meta: EntityMetadata, platform: PostgreSqlPlatform): Shape {
  if (meta.props.some(({ kind }) => kind === 'embedded'))
    throw new Error(`${meta.name} is embedded in parts, which rows are not.`);
  const prototype = prototypeOf(meta);
  const isRead = ({ persist, lazy, fieldNames }: EntityProperty) =>
    persist !== false && !lazy && fieldNames?.length === 1;
  const [first, ...rest] = [...meta.getPrimaryProps(), ...meta.props.filter((prop) => isRead(prop) && !prop.primary)];
  const props = [first as EntityProperty, ...rest].map((prop) => ({
    name: prop.name,
    column: prop.fieldNames[0] as string,
    isReference: prop.targetMeta !== undefined,
    convert: conversion(prop, platform),
  }));
  return {
    columns: props.map(({ column }) => column),
    read(values, from, joined) {
      if (values[from] === null) return null;
      const row: Record<string, unknown> = Object.create(prototype);
      for (const [index, { name, isReference, convert }] of props.entries()) {
        const value = values[from + index];
        if (isReference) row[name] = value === null ? null : new JoinedRef(value as string, joined?.get(name) ?? null);
        else row[name] = convert ? convert(value) : value;
      }
      return row;
    },
  };
}
