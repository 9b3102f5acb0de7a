import { alternativesOf, type EventCatalogue, type JsonSchema } from './event-catalogue.ts';

/** What a value may be, each as text. */
const kindsOf = (schema: JsonSchema) => alternativesOf(schema).map(({ type, format }) => `${type} ${format}`);

const objectsOf = (schema: JsonSchema) => alternativesOf(schema).filter(({ properties }) => properties);

function fieldChanges(path: string, before: JsonSchema, now: JsonSchema): string[] {
  const known = kindsOf(before);
  const more = kindsOf(now).filter((each) => !known.includes(each));
  if (more.length > 0) return [`${path} may be something else than before`];
  const within = objectsOf(before).flatMap((object, index) => objectChanges(path, object, objectsOf(now)[index] ?? {}));
  const items = before.items && now.items ? fieldChanges(`${path}[]`, before.items, now.items) : [];
  return [...within, ...items];
}

function objectChanges(path: string, before: JsonSchema, now: JsonSchema): string[] {
  return Object.entries(before.properties ?? {}).flatMap(([name, field]) => {
    const at = `${path}.${name}`;
    const there = now.properties?.[name];
    if (!there) return [`${at} is gone`];
    const absent = before.required?.includes(name) && !now.required?.includes(name);
    return [...(absent ? [`${at} may be absent`] : []), ...fieldChanges(at, field, there)];
  });
}

/**
 * What consumers of the earlier catalogue could not take: types that are gone without having been deprecated, fields that are gone, may be absent, or
 * may be something else. Further fields and further values of an enum may come.
 */
export function breakingChanges(before: EventCatalogue, now: EventCatalogue): string[] {
  return Object.entries(before).flatMap(([type, event]) => {
    const there = now[type];
    if (!there) return event.deprecated ? [] : [`${type} is gone`];
    return objectChanges(type, event.data, there.data);
  });
}
