import { zoneNamed } from '../recurrence/zone.ts';
import type { Component } from './lines.ts';

/** Names that Windows gives to zones, and that Outlook and Exchange write; the most common ones. */
const WINDOWS: Readonly<Record<string, string>> = {
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'Arab Standard Time': 'Asia/Riyadh',
  'Atlantic Standard Time': 'America/Halifax',
  'Canada Central Standard Time': 'America/Regina',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'Central Standard Time': 'America/Chicago',
  'China Standard Time': 'Asia/Shanghai',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'Eastern Standard Time': 'America/New_York',
  'Egypt Standard Time': 'Africa/Cairo',
  'FLE Standard Time': 'Europe/Kiev',
  'GMT Standard Time': 'Europe/London',
  'GTB Standard Time': 'Europe/Bucharest',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'India Standard Time': 'Asia/Kolkata',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Korea Standard Time': 'Asia/Seoul',
  'Mountain Standard Time': 'America/Denver',
  'New Zealand Standard Time': 'Pacific/Auckland',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Romance Standard Time': 'Europe/Paris',
  'Russian Standard Time': 'Europe/Moscow',
  'SE Asia Standard Time': 'Asia/Bangkok',
  'Singapore Standard Time': 'Asia/Singapore',
  'South Africa Standard Time': 'Africa/Johannesburg',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'Turkey Standard Time': 'Europe/Istanbul',
  'US Mountain Standard Time': 'America/Phoenix',
  'W. Australia Standard Time': 'Australia/Perth',
  'W. Central Africa Standard Time': 'Africa/Lagos',
  'W. Europe Standard Time': 'Europe/Berlin',
};

/** What a file calls its zones: by the location that it tells for a name. */
export function zonesOf(components: readonly Component[]): ReadonlyMap<string, string> {
  const value = ({ properties }: Component, name: string) =>
    properties.find((each) => each.name === name)?.value.trim();
  return new Map(
    components
      .filter(({ name }) => name === 'VTIMEZONE')
      .flatMap((zone) => {
        const [name, location] = [value(zone, 'TZID'), value(zone, 'X-LIC-LOCATION')];
        return name && location ? [[name, location] as const] : [];
      }),
  );
}

/** The IANA zone that a file means; null where nothing tells. */
export function zoneMeant(name: string, told: ReadonlyMap<string, string>): string | null {
  // Some write a path before it: /mozilla.org/20050126_1/Europe/Berlin.
  const tail = name.split('/').slice(-2).join('/');
  const names = [name, told.get(name), WINDOWS[name], tail, name.split('/').slice(-3).join('/')];
  for (const each of names) {
    const zone = each && zoneNamed(each);
    if (zone) return zone;
  }
  return null;
}
