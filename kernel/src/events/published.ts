import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { About, Notice } from './catalogue.ts';

/** What the catalogue of the whole says of one type of event, to who takes events of domains that it does not know. */
export interface PublishedEvent {
  publisher: string;
  description: string;
  about?: About;
  notice?: Notice;
}

/** By type. */
export type PublishedCatalogue = Readonly<Record<string, PublishedEvent>>;

const FILE = fileURLToPath(import.meta.resolve('../../../schema/events.json'));
let read: PublishedCatalogue | null = null;

/** What all subgraphs publish, as `npm run compose` wrote it. */
export function publishedCatalogue(): PublishedCatalogue {
  read ??= JSON.parse(readFileSync(FILE, 'utf8')) as PublishedCatalogue;
  return read;
}
