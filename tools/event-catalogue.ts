import type { About, Notice } from '@polity/kernel/events/catalogue';
import { matchesType } from '@polity/kernel/events/envelope';
import type { PublishedCatalogue } from '@polity/kernel/events/published';
import type { AnySubgraph } from '@polity/kernel/graph/subgraph';
import { consumersOf } from '@polity/kernel/graph/subgraph-events';
import { type DirectiveNode, parse, valueFromASTUntyped, visit } from 'graphql';
import { z } from 'zod';
import { gatewayConsumers } from '../gateway/src/event-types.ts';

/** A JSON Schema, of which only these parts occur in data of events. */
export interface JsonSchema {
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
}

/** What a value may be, one schema each: zod writes what may be null as two schemas, or as one with two types. */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const { type } = schema;
  return schema.anyOf ?? (Array.isArray(type) ? type.map((each: string) => ({ ...schema, type: each })) : [schema]);
}

/** What the catalogue says of one type of event. */
export interface CataloguedEvent {
  publisher: string;
  description: string;
  /** Said one release before the type goes; the description says what takes its place. */
  deprecated?: boolean;
  /** What it is about, where that is one thing of the graph. */
  about?: About;
  /** That it is told to those whom it concerns. */
  notice?: Notice;
  /** Names of the consumers that take it, and the subscriptions of the graph that are asked again after it. */
  consumers: string[];
  data: JsonSchema;
}

/** By type, in the order of the alphabet. */
export type EventCatalogue = Record<string, CataloguedEvent>;

interface Taker {
  name: string;
  types: readonly string[];
}

/** What a schema says, without what every one of them says. */
type Said = Pick<CataloguedEvent, 'deprecated' | 'about' | 'notice'>;

function jsonSchemaOf(schema: z.ZodObject): JsonSchema & Said {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      // `id('The team.').nullable()` is described by what it is where it is not null.
      const [described] = jsonSchema.anyOf ?? [];
      if (described?.description && !jsonSchema.description) {
        jsonSchema.description = described.description;
        delete described.description;
      }
      // A pattern says in a less readable way what the format says; limits of whole numbers are those of JavaScript.
      delete jsonSchema.pattern;
      // What is published is held to its fields, but whoever takes it must be ready for more of them.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest as JsonSchema;
}

function published({ name, events = {} }: AnySubgraph): [string, CataloguedEvent][] {
  return Object.entries(events).map(([type, schema]) => {
    const { description = '', deprecated, about, notice, ...data } = jsonSchemaOf(schema);
    const said = { ...(deprecated && { deprecated }), ...(about && { about }), ...(notice && { notice }) };
    const told = { publisher: name, description, ...said };
    return [type, { ...told, consumers: [], data }];
  });
}

/** The subscriptions of the graph, which are asked again after events. */
function liveFields(supergraphSdl: string): Taker[] {
  const takers: Taker[] = [];
  const typesOf = (directives: readonly DirectiveNode[] = []) =>
    directives
      .filter(({ name }) => name.value === 'live')
      .flatMap(({ arguments: given = [] }) => given.flatMap(({ value }) => valueFromASTUntyped(value) as string[]));
  visit(parse(supergraphSdl), {
    FieldDefinition({ name, directives }) {
      const types = typesOf(directives);
      if (types.length > 0) takers.push({ name: `subscription ${name.value}`, types });
    },
  });
  return takers;
}

function takersOf(subgraphs: readonly AnySubgraph[], supergraphSdl: string, known: PublishedCatalogue): Taker[] {
  const ofSubgraphs = subgraphs.flatMap((each) =>
    consumersOf(each, () => known).map(({ name, types }) => ({ name: `${each.name}.${name}`, types })),
  );
  return [...ofSubgraphs, ...Object.values(gatewayConsumers), ...liveFields(supergraphSdl)];
}

/** What all subgraphs publish, and who takes it. */
export function catalogueOf(subgraphs: readonly AnySubgraph[], supergraphSdl: string): EventCatalogue {
  const all = subgraphs.flatMap(published);
  const takers = takersOf(subgraphs, supergraphSdl, Object.fromEntries(all));
  const entries = all.map(([type, event]) => {
    const consumers = takers.filter(({ types }) => matchesType(types, type)).map(({ name }) => name);
    return [type, { ...event, consumers: consumers.sort() }] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is wrong in itself: foreign names, what is not described, what is taken and published by nobody. */
export function problemsOfEvents(
  catalogue: EventCatalogue,
  subgraphs: readonly AnySubgraph[],
  supergraphSdl: string,
): string[] {
  const types = Object.keys(catalogue);
  const ofTypes = Object.entries(catalogue).flatMap(([type, { publisher, description, data, about, notice }]) => [
    ...(about && !data.properties?.[about.id] ? [`${type}: is about a field that it does not have, ${about.id}`] : []),
    ...(notice && !/^[a-z]+(-[a-z]+)*$/.test(notice.kind) ? [`${type}: the kind of its notice is no word`] : []),
    ...(notice?.says.includes('{title}') && !about ? [`${type}: says a title and is about nothing`] : []),
    ...(type.startsWith(`${publisher}.`)
      ? []
      : [`${type}: ${publisher} publishes only types that begin with its name`]),
    ...(description ? [] : [`${type}: has no description`]),
    ...Object.entries(data.properties ?? {})
      .filter(([, field]) => !field.description)
      .map(([field]) => `${type}: its field ${field} has no description`),
  ]);
  const ofTakers = takersOf(subgraphs, supergraphSdl, catalogue).flatMap(({ name, types: wanted }) =>
    wanted
      .filter((pattern) => !types.some((type) => matchesType([pattern], type)))
      .map((pattern) => `${name} takes ${pattern}, which nobody publishes`),
  );
  return [...ofTypes, ...ofTakers];
}
