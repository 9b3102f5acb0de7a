import { type Decision, decide } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { shownVersion } from '../domain/check/shown-version.ts';
import { type Asked, type Caller, Refused } from './caller.ts';
import { type Evaluation, type Evaluations, evaluation, heldBy, isSubjectType, scopeOf } from './messages.ts';

/** What answering needs, for one HTTP request. */
export interface Question extends Asked {
  caller: Caller;
}

/** `decision` with its reason and, for what rests on access data, the version of that data. */
export interface Answer {
  decision: boolean;
  context?: Record<string, unknown>;
}

type Subject = Evaluation['subject'];

/** Sets of the subjects of one request, each loaded once and as fresh as its stamp. */
export function setsOf({ runtime: { access }, caller: { tenantId } }: Question) {
  const sets = new Map<string, Promise<AccessSet>>();
  return (subject: Subject): Promise<AccessSet> => {
    const subjectId = heldBy(subject);
    const known =
      sets.get(subjectId) ?? access.stamp(tenantId, subjectId).then((stamp) => access.load(tenantId, subjectId, stamp));
    sets.set(subjectId, known);
    return known;
  };
}

type Sets = ReturnType<typeof setsOf>;

/** The scope that is asked about, where the caller may see who may do what; what is no scope is asked for at the tenant. Throws Refused 403. */
export function askedAt({ caller }: Question, resource: Evaluation['resource']): ScopeRef | null {
  const scope = scopeOf(resource);
  caller.mustRead(scope ?? { type: 'TENANT', id: caller.tenantId });
  return scope;
}

async function answer(question: Question, sets: Sets, { subject, action, resource }: Evaluation): Promise<Answer> {
  const scope = askedAt(question, resource);
  if (!scope || !isSubjectType(subject.type)) return { decision: false, context: { reason: 'UNKNOWN' } };
  const { runtime, decisions, caller, requestId } = question;
  const set = await sets(subject);
  const given: Decision = decide(set, action.name, scope, runtime.clock.nowMs());
  decisions.note([given], {
    at: runtime.clock.now(),
    tenantId: caller.tenantId,
    subjectId: subject.type === 'user' ? subject.id : `${subject.type}:${subject.id}`,
    requestId,
    askedBy: caller.id,
  });
  return { decision: given.allowed, context: { reason: given.reason, version: shownVersion(set, given.version) } };
}

/** One decision. */
export function evaluate(question: Question, asked: Evaluation): Promise<Answer> {
  return answer(question, setsOf(question), asked);
}

const turnedAway = ({ status, message }: Pick<Refused, 'status' | 'message'>): Answer => ({
  decision: false,
  context: { error: { status, message } },
});

/** One item of many, with what keeps it from being decided as its answer. */
async function answerItem(question: Question, sets: Sets, item: unknown): Promise<Answer> {
  const parsed = evaluation.safeParse(item);
  if (!parsed.success) {
    const message = `${parsed.error.issues[0]?.path.join('.')} is missing or not valid`;
    return turnedAway({ status: 400, message });
  }
  try {
    return await answer(question, sets, parsed.data);
  } catch (error) {
    if (error instanceof Refused) return turnedAway(error);
    throw error;
  }
}

function stops(semantic: string, { decision }: Answer): boolean {
  return (semantic === 'deny_on_first_deny' && !decision) || (semantic === 'permit_on_first_permit' && decision);
}

/** Subjects of one request: each may cost a read of its own, where resources and actions cost none. */
const MAX_SUBJECTS = 100;

/** Throws Refused 400 before anything is read. */
function mustBeFewSubjects(items: readonly Record<string, unknown>[]): void {
  const named = items.map(({ subject }) => (subject as { id?: unknown } | undefined)?.id);
  if (new Set(named).size > MAX_SUBJECTS)
    throw new Refused(400, `evaluations: name more than ${MAX_SUBJECTS} different subjects`);
}

/** Decisions in the order of the items, until the one that the semantic stops at. A key of an item replaces the default of that name whole. */
export async function evaluateEach(
  question: Question,
  defaults: Record<string, unknown>,
  { evaluations = [], options }: Evaluations,
): Promise<Answer[]> {
  mustBeFewSubjects(evaluations);
  const semantic = options?.evaluations_semantic ?? 'execute_all';
  const sets = setsOf(question);
  const answers: Answer[] = [];
  for (const item of evaluations) {
    const given = await answerItem(question, sets, { ...defaults, ...item });
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
