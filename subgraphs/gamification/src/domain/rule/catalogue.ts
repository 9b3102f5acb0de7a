import { readFileSync } from 'node:fs';
import { type Catalogue, catalogueOf, type PublishedCatalogue } from '../../criteria/catalogue.ts';

const FILE = new URL('../../../../../schema/events.json', import.meta.url);

let read: Catalogue | null = null;

/** The events of this release on which criteria may look. */
export function eventCatalogue(): Catalogue {
  read ??= catalogueOf(JSON.parse(readFileSync(FILE, 'utf8')) as PublishedCatalogue);
  return read;
}
