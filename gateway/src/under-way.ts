import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnswerNotes } from '@polity/kernel/http/answers';

/** The request that is being answered: Apollo Server formats errors without saying whose they are. */
export const requestUnderWay = new AsyncLocalStorage<{ id: string; notes: AnswerNotes }>();
