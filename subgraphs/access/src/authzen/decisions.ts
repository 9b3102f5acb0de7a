import { type Decision, decide } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import { lookedUp } from '../domain/user.ts';
import type { Asked, Caller } from './caller.ts';
import { type Evaluation, type Evaluations, evaluation, isSubjectType, scopeOf } from './messages.ts';

/** What answering needs, for one HTTP request. */
export interface Question extends Asked {
  caller: Caller;
}

/** `decision` with its reason and, for what rests on access data, the version of that data. */
export interface Answer {
  decision: boolean;
  context?: Record<string, unknown>;
}

/** Sets of the subjects of one request, each loaded once and as fresh as its stamp. */
export function setsOf({ runtime: { access }, caller: { tenantId } }: Question) {
  const sets = new Map<string, Promise<AccessSet>>();
  return (id: string): Promise<AccessSet> => {
    const subjectId = lookedUp(id);
    const known =
      sets.get(subjectId) ?? access.stamp(tenantId, subjectId).then((stamp) => access.load(tenantId, subjectId, stamp));
    sets.set(subjectId, known);
    return known;
  };
}

type Sets = ReturnType<typeof setsOf>;

async function answer(question: Question, sets: Sets, { subject, action, resource }: Evaluation): Promise<Answer> {
  const scope = scopeOf(resource);
  if (!scope || !isSubjectType(subject.type)) return { decision: false, context: { reason: 'UNKNOWN' } };
  const { runtime, decisions, caller, requestId } = question;
  const given: Decision = decide(await sets(subject.id), action.name, scope, runtime.clock.nowMs());
  decisions.note([given], {
    at: runtime.clock.now(),
    tenantId: caller.tenantId,
    subjectId: subject.id,
    requestId,
    askedBy: caller.id,
  });
  return { decision: given.allowed, context: { reason: given.reason, version: given.version } };
}

/** One decision. */
export function evaluate(question: Question, asked: Evaluation): Promise<Answer> {
  return answer(question, setsOf(question), asked);
}

const invalid = (message: string): Answer => ({ decision: false, context: { error: { status: 400, message } } });

function stops(semantic: string, { decision }: Answer): boolean {
  return (semantic === 'deny_on_first_deny' && !decision) || (semantic === 'permit_on_first_permit' && decision);
}

/** Decisions in the order of the items, until the one that the semantic stops at. A key of an item replaces the default of that name whole. */
export async function evaluateEach(
  question: Question,
  defaults: Record<string, unknown>,
  { evaluations = [], options }: Evaluations,
): Promise<Answer[]> {
  const semantic = options?.evaluations_semantic ?? 'execute_all';
  const sets = setsOf(question);
  const answers: Answer[] = [];
  for (const item of evaluations) {
    const parsed = evaluation.safeParse({ ...defaults, ...item });
    const given = parsed.success
      ? await answer(question, sets, parsed.data)
      : invalid(`${parsed.error.issues[0]?.path.join('.')} is missing or not valid`);
    const stopped = stops(semantic, given);
    answers.push(
      stopped && semantic === 'deny_on_first_deny'
        ? { decision: false, context: { ...given.context, code: '200', reason: semantic } }
        : given,
    );
    if (stopped) break;
  }
  return answers;
}
