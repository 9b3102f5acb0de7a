import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { root } from './subgraph-list.ts';

/** Absolute path and wanted content of a file that a tool owns. */
export interface OwnedFile {
  path: string;
  content: string;
}

function firstDifference(wanted: string, found: string): string {
  const [wantedLines, foundLines] = [wanted.split('\n'), found.split('\n')];
  const line = wantedLines.findIndex((text, index) => text !== foundLines[index]);
  const at = line === -1 ? wantedLines.length : line;
  return `line ${at + 1}\n  - ${foundLines[at] ?? '(end of file)'}\n  + ${wantedLines[at] ?? '(end of file)'}`;
}

function drift({ path, content }: OwnedFile): string | null {
  const name = relative(root, path);
  if (!existsSync(path)) return `${name}: missing`;
  const found = readFileSync(path, 'utf8');
  return found === content ? null : `${name}: differs from ${firstDifference(content, found)}`;
}

function write({ path, content }: OwnedFile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(`wrote ${relative(root, path)}`);
}

/** Writes the files that changed, or with `--check` only reports them and sets the exit code. */
export function writeOrCheck(files: OwnedFile[], command: string): void {
  const drifted = files.flatMap((file) => drift(file) ?? []);
  if (!process.argv.includes('--check')) {
    for (const file of files.filter((each) => drift(each))) write(file);
    return;
  }
  if (drifted.length === 0) return;
  console.error(`${drifted.join('\n')}\nRun \`npm run ${command}\` and commit the result.`);
  process.exitCode = 1;
}
