import { refuseWhileHolding } from '../db/holding.ts';
import { InvalidInput } from '../graph/errors.ts';
import { markdownToHtml, type Rendered } from './markdown-html.ts';
import { workerPool } from './worker-pool.ts';
import { JobEnded } from './worker-thread.ts';

/** Longer texts are rendered on a thread of their own, so that nobody else waits for them. */
const INLINE_TEXT = 2_000;

// One pool per process, whatever number of domains take Markdown; no thread starts before a long text comes.
const pool = workerPool<string, Rendered>({
  script: new URL('./markdown-worker.ts', import.meta.url),
  threads: 2,
  queueLimit: 64,
  cpuMs: 1_000,
  resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  idleMs: 30_000,
});

async function onThread(text: string): Promise<Rendered> {
  try {
    return await pool.run(text);
  } catch (error) {
    if (error instanceof JobEnded) return { problem: 'takes too long to show' };
    throw error;
  }
}

/**
 * Safe HTML of a Markdown text: no script, no raw HTML of the author, no `data:` image. It is at most eight times as long as the text and
 * 65,536 characters, and costs CPU time in proportion to the text. Verbs call it before their transaction opens:
 * within one it throws HoldsConnection.
 * Throws InvalidInput for `field` where the text cannot be shown within these bounds, Overloaded when too many long texts wait.
 */
export async function renderMarkdown(text: string, field = 'body'): Promise<string> {
  refuseWhileHolding('Markdown to be rendered');
  const rendered = text.length > INLINE_TEXT ? await onThread(text) : markdownToHtml(text);
  if ('problem' in rendered) throw new InvalidInput({ [field]: rendered.problem });
  return rendered.html;
}
