import { readFile, stat } from 'node:fs/promises';
import { ballotHash, readReceipts } from '../domain/ballot/receipt.ts';
import { UsageError } from './usage.ts';

const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** What of our own export a receipt is checked against. */
interface Published {
  poll: { id: string };
  ballots: { hash: string; content: Parameters<typeof ballotHash>[2] }[];
}

async function published(path: string): Promise<Published> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size > MAX_FILE_BYTES)
    throw new UsageError(`There is no file ${path} that can be read.`);
  const text = await readFile(path, 'utf8');
  try {
    const { poll, ballots } = JSON.parse(text) as Published;
    if (typeof poll.id === 'string' && ballots.every(({ hash, content }) => typeof hash === 'string' && content))
      return { poll, ballots };
  } catch {
    // Told below: whatever it is, it is no export.
  }
  throw new UsageError(`${path} is no JSON export of a poll.`);
}

/**
 * `verify FILE RECEIPT…`: whether the ballot of each receipt stands in the export, and is the one that its secret was made for. Throws UsageError where it was
 * called wrongly, and where a receipt does not hold.
 */
export async function verifyCommand([path, ...given]: readonly string[]): Promise<string> {
  if (path === undefined || given.length === 0)
    throw new UsageError('Name a file and a receipt: verify FILE RECEIPT….');
  const receipts = readReceipts(given.join(' '));
  if (!receipts) throw new UsageError('A receipt is two words of 43 characters with a point between them.');
  const { poll, ballots } = await published(path);
  const byHash = new Map(ballots.map(({ hash, content }) => [hash, content]));
  const lines = receipts.map(({ secret, hash }) => {
    const content = byHash.get(hash);
    if (!content) throw new UsageError(`No ballot of the export has the hash ${hash}.`);
    if (ballotHash(secret, poll.id, content) !== hash)
      throw new UsageError(`The receipt for ${hash} was made for another ballot.`);
    return `${hash} counted: ${JSON.stringify(content)}`;
  });
  return `${lines.join('\n')}\n`;
}
