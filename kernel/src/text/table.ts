/** A line of a table: what stands in it by the name of its column, absent where the cell is empty. */
export interface TableRow {
  line: number;
  cells: Record<string, string>;
}

const MAX_COLUMNS = 100;
/** A cell that is quoted to its end, or one without quotes; each is looked at once. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

interface Line {
  line: number;
  cells: string[];
}

/** Makes the error that is thrown for a table that cannot be read, of a sentence that names the line. */
type Problem = (message: string) => Error;

/** The lines of RFC 4180, empty ones left out. Throws the problem. */
function* linesOf(text: string, problem: Problem): Generator<Line> {
  let line = 1;
  let current: Line = { line, cells: [] };
  for (let at = 0; at < text.length; ) {
    CELL.lastIndex = at;
    const match = CELL.exec(text);
    if (!match) throw problem(`Line ${line} has a quote that does not fit.`);
    const [whole, quoted, plain = '', end] = match;
    current.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (current.cells.length > MAX_COLUMNS) throw problem(`Line ${line} has more than ${MAX_COLUMNS} cells.`);
    line += (quoted?.split('\n').length ?? 1) - 1;
    at += whole.length;
    // A comma at the very end has an empty cell after it.
    if (end === ',' && at < text.length) continue;
    if (current.cells.some((cell) => cell !== '')) yield current;
    if (end !== ',') line += 1;
    current = { line, cells: [] };
  }
}

/** The rows of a table (RFC 4180) whose first line names its columns. Throws the problem. */
export function* rowsOf(text: string, problem: Problem): Generator<TableRow> {
  let columns: string[] | null = null;
  for (const { line, cells } of linesOf(text.replace(/^\uFEFF/, ''), problem)) {
    if (!columns) {
      columns = cells.map((name) => name.trim());
      continue;
    }
    if (cells.length > columns.length) throw problem(`Line ${line} has more cells than there are columns.`);
    const named = columns.flatMap((name, index) => {
      const cell = cells[index]?.trim();
      return cell ? [[name, cell] as const] : [];
    });
    yield { line, cells: Object.fromEntries(named) };
  }
}
