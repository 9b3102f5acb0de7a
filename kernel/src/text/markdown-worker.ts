// Entry of the threads that `renderMarkdown` starts: one text in, its HTML or its problem out.
import { parentPort } from 'node:worker_threads';
import { markdownToHtml } from './markdown-html.ts';
import { answerJobs } from './worker-thread.ts';

if (parentPort) answerJobs(parentPort, markdownToHtml);
