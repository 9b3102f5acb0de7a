import type { Who } from '../graph/guard.ts';
import { STEP_UP_SECONDS } from '../graph/rules.ts';
import { uuidv7 } from '../ids.ts';
import { anonymous, serviceViewer, type Viewer } from '../request/context.ts';
import { callOf, type RootField } from './calls.ts';
import type { Shared } from './suites.ts';

const application: Viewer = { ...anonymous, kind: 'application', id: uuidv7() };
const service = serviceViewer('test');

type Refusal = [who: string, viewer: Viewer, code: string];

const NO_PERSON: Refusal[] = [
  ['nobody', anonymous, 'UNAUTHENTICATED'],
  ['an application', application, 'FORBIDDEN'],
  ['a service', service, 'FORBIDDEN'],
];

/** Who is turned away before the verb, by what the guard says. */
function refusals(who: Who, stranger: Viewer): Refusal[] {
  const stale: Viewer = { ...stranger, authTime: (stranger.authTime ?? 0) - STEP_UP_SECONDS - 1 };
  const forbidden = (...viewers: [string, Viewer][]) =>
    viewers.map(([name, viewer]): Refusal => [name, viewer, 'FORBIDDEN']);
  const everyone: [string, Viewer][] = [
    ['nobody', anonymous],
    ['an application', application],
    ['a person', stranger],
  ];
  const table: Record<Who, Refusal[]> = {
    ANYONE: [],
    SIGNED_IN: NO_PERSON.slice(0, 1),
    PERSON: NO_PERSON,
    SESSION: NO_PERSON,
    FRESH_SESSION: [...NO_PERSON, ['somebody who proved who they are long ago', stale, 'STEP_UP_REQUIRED']],
    SYSTEM_ADMIN: forbidden(...everyone, ['a service', service]),
    SERVICE: forbidden(...everyone),
  };
  return table[who];
}

/** Each root field asks its guard, and a permission that it names is needed. */
export function guardSuite(shared: Shared): void {
  const { fields, domain } = shared;
  const ask = (field: RootField, viewer: Viewer) => {
    const target = { type: 'COMMUNITY' as const, id: uuidv7() };
    const [query, variables] = callOf(field, { target, userId: uuidv7(), named: domain.samples ?? {} });
    return shared.test.codeOf(viewer, query, variables);
  };

  it.each(fields)('of $root $name turn away whom they must', async (field) => {
    const stranger = await shared.test.person(null);
    for (const [who, viewer, code] of refusals(field.guard.who, stranger))
      expect([who, await ask(field, viewer)]).toEqual([who, code]);
  });

  const open = fields.filter(({ root, guard }) => root === 'query' && guard.who === 'ANYONE');
  if (open.length > 0)
    it.each(open)('of query $name let everyone ask, and what is not there is no error', async (field) => {
      for (const viewer of [anonymous, await shared.test.person(null), await shared.test.person()])
        expect(await ask(field, viewer)).toBeNull();
    });

  it('ask for nothing that no role grants', () => {
    const granted = new Set(domain.subgraph.access.roles.flatMap(({ permissions }) => permissions));
    const codes = domain.subgraph.access.permissions.map(({ code }) => code);
    expect(codes.filter((code) => !granted.has(code))).toEqual(domain.ungranted ?? []);
  });

  const permitted = fields.filter(({ root, guard }) => root === 'mutation' && guard.permission);
  if (permitted.length > 0)
    it.each(permitted)('of mutation $name let nobody act who has no role', async (field) => {
      expect(['FORBIDDEN', 'NOT_FOUND']).toContain(await ask(field, await shared.test.person(null)));
    });
}
