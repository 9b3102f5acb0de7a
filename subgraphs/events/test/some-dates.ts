// Prints dates of some series, for the test that runs it in several zones of the process.
import { seriesOf } from '../src/domain/recurrence/series.ts';

const startsAt = Date.parse('2027-03-27T01:30:00Z');
for (const rule of ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,SU', 'FREQ=MONTHLY;BYDAY=-1SU', 'FREQ=DAILY;UNTIL=20270405'])
  for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Pacific/Apia']) {
    const series = seriesOf({ startsAt, timeZone, recurrence: `RRULE:${rule}\nEXDATE;VALUE=DATE:20270401` });
    process.stdout.write(`${[...series.dates(startsAt).take(20)].map((ms) => new Date(ms).toISOString()).join(' ')}\n`);
  }
