import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../docs/decisions');
const files = readdirSync(folder).sort();
const numberOf = (file: string) => Number(file.slice(0, 4));

describe('docs/decisions', () => {
  it('have a number each, so that "decision 12" means one', () => {
    const numbers = files.map(numberOf);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });

  it.each(files)('%s says its number in its title', (file) => {
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(new RegExp(`^# ${numberOf(file)}\\. `));
  });
});
