import type { Dataset } from './dataset.ts';
import type { Engine } from './engines.ts';

// The peers are no dependency of the product: `npm install --no-save @casl/ability casbin @cedar-policy/cedar-wasm` adds them to a run.

/** A module by a name the type checker cannot see; null where it is not installed. */
async function optional<T>(name: string): Promise<T | null> {
  try {
    return (await import(name)) as T;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

const FIELDS = ['tenantId', 'communityId', 'teamId'] as const;
const pathIds = ({ tree }: Dataset, id: string) => {
  const ids: string[] = [];
  for (let at = tree.indexes.get(id) ?? -1; at >= 0; at = tree.parents[at] ?? -1) ids.unshift(tree.refs[at]?.id ?? '');
  return ids;
};
const permissionsOf = (data: Dataset) => new Map(data.roles.map((role) => [role.id, role]));

interface Casl {
  createMongoAbility(rules: unknown[]): { can(action: string, subject: unknown): boolean };
  subject(type: string, object: object): unknown;
}

/** Ids of the scopes at which a user holds each role. */
function scopesByRole({ bindings }: Dataset['users'][number]): Map<string, string[]> {
  const grouped = Map.groupBy(bindings, ({ roleId }) => roleId);
  return new Map([...grouped].map(([roleId, rows]) => [roleId, rows.map(({ scopeId }) => scopeId)]));
}

/** As its guide has it: one rule per role, whose scopes are one `$in`. */
export const casl: Engine = {
  name: 'CASL: one Ability per user, kept, conditions with $in',
  full: false,
  build: async (data) => {
    const library = await optional<Casl>('@casl/ability');
    if (library === null) return null;
    const roles = permissionsOf(data);
    const abilities = data.users.map((user) =>
      library.createMongoAbility(
        [...scopesByRole(user)].map(([roleId, ids]) => {
          const field = FIELDS[roles.get(roleId)?.level ?? 0] ?? 'tenantId';
          return { action: roles.get(roleId)?.permissions, subject: 'Scope', conditions: { [field]: { $in: ids } } };
        }),
      ),
    );
    const objects = new Map(
      data.tree.refs.map(({ id }) => {
        const [tenantId, communityId, teamId] = pathIds(data, id);
        return [id, library.subject('Scope', { tenantId, communityId, teamId })];
      }),
    );
    return (i) => {
      const question = data.questions[i];
      return (
        question !== undefined &&
        (abilities[question.user]?.can(question.permission, objects.get(question.scope.id)) ?? false)
      );
    };
  },
};

/** Its fastest way, which few would write: no conditions, each scope a subject type of its own, the path walked by hand. */
export const caslByType: Engine = {
  name: 'CASL: one Ability per user, kept, scope ids as subject types',
  full: false,
  build: async (data) => {
    const library = await optional<Casl>('@casl/ability');
    if (library === null) return null;
    const roles = permissionsOf(data);
    const abilities = data.users.map((user) =>
      library.createMongoAbility(
        [...scopesByRole(user)].map(([roleId, ids]) => ({ action: roles.get(roleId)?.permissions, subject: ids })),
      ),
    );
    const paths = new Map(data.tree.refs.map(({ id }) => [id, pathIds(data, id)]));
    return (i) => {
      const question = data.questions[i];
      const ability = abilities[question?.user ?? -1];
      if (question === undefined || ability === undefined) return false;
      return paths.get(question.scope.id)?.some((id) => ability.can(question.permission, id)) ?? false;
    };
  },
};

interface Casbin {
  newModelFromString(text: string): unknown;
  newEnforcer(model: unknown): Promise<{
    addPolicies(rows: string[][]): Promise<boolean>;
    addGroupingPolicies(rows: string[][]): Promise<boolean>;
    enforceSync(...values: string[]): boolean;
  }>;
}

const CASBIN_MODEL = `
[request_definition]
r = sub, a, b, c, act
[policy_definition]
p = sub, act
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && (g(r.sub, p.sub, r.a) || g(r.sub, p.sub, r.b) || g(r.sub, p.sub, r.c))
`;

/**
 * Decides each question. Its CachedEnforcer looks answers up that it gave before, 0.3 million per second where all were; it is left out because it
 * goes on allowing after a revoke, until somebody empties it.
 */
export const casbin: Engine = {
  name: 'casbin: enforceSync, RBAC with domains, without its cache of answers',
  full: false,
  build: async (data) => {
    const module = await optional<Casbin & { default?: Casbin }>('casbin');
    if (module === null) return null;
    const library = module.default ?? module;
    const enforcer = await library.newEnforcer(library.newModelFromString(CASBIN_MODEL));
    await enforcer.addPolicies(data.roles.flatMap(({ id, permissions }) => permissions.map((code) => [id, code])));
    const rows = data.users.flatMap(({ subjectId, bindings }) =>
      bindings.map((row) => [subjectId ?? '', row.roleId, row.scopeId]),
    );
    await enforcer.addGroupingPolicies(rows);
    return (i) => {
      const question = data.questions[i];
      if (question === undefined) return false;
      const [a = '', b = 'none', c = 'none'] = pathIds(data, question.scope.id);
      return enforcer.enforceSync(data.users[question.user]?.subjectId ?? '', a, b, c, question.permission);
    };
  },
};

interface CedarAnswer {
  type: string;
  response?: { decision: string };
}
interface Cedar {
  preparsePolicySet(id: string, policies: { staticPolicies: string }): CedarAnswer;
  statefulIsAuthorized(request: object): CedarAnswer;
}

export const cedar: Engine = {
  name: 'cedar-wasm: policies of a user parsed once',
  full: false,
  build: async (data) => {
    const module = await optional<Cedar & { default?: Cedar }>('@cedar-policy/cedar-wasm/nodejs');
    if (module === null) return null;
    const library = module.default ?? module;
    const roles = permissionsOf(data);
    for (const { subjectId, bindings } of data.users) {
      const policies = bindings.map(({ roleId, scopeId }) => {
        const actions = roles
          .get(roleId)
          ?.permissions.map((code) => `Action::"${code}"`)
          .join(', ');
        return `permit(principal == User::"${subjectId}", action in [${actions}], resource in Scope::"${scopeId}");`;
      });
      library.preparsePolicySet(subjectId ?? '', { staticPolicies: policies.join('\n') });
    }
    const entities = new Map(
      data.tree.refs.map(({ id }) => {
        const ids = pathIds(data, id);
        const entity = (own: string, n: number) => ({
          uid: { type: 'Scope', id: own },
          attrs: {},
          parents: ids.slice(n - 1, n).map((parent) => ({ type: 'Scope', id: parent })),
        });
        return [
          id,
          ids.map((own, n) => (n === 0 ? { uid: { type: 'Scope', id: own }, attrs: {}, parents: [] } : entity(own, n))),
        ];
      }),
    );
    return (i) => {
      const question = data.questions[i];
      const subject = data.users[question?.user ?? 0]?.subjectId ?? '';
      const answer = library.statefulIsAuthorized({
        principal: { type: 'User', id: subject },
        action: { type: 'Action', id: question?.permission },
        resource: { type: 'Scope', id: question?.scope.id },
        context: {},
        preparsedPolicySetId: subject,
        entities: entities.get(question?.scope.id ?? ''),
      });
      return answer.response?.decision === 'allow';
    };
  },
};
