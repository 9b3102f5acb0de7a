import { createRequire } from 'node:module';
import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql';
import { Forbidden } from './errors.ts';

// The ESM build of graphql-shield 7.6.5 imports `util.isUndefined`, which Node 23 removed; its CommonJS build loads, and only
// `chain` and `race` are broken there (they deny everything), so this file does not export them.
const require = createRequire(import.meta.url);

type RuleResult = boolean | string | Error;
type Cache = 'no_cache' | 'contextual';

interface ShieldOptions {
  debug?: boolean;
  allowExternalErrors?: boolean;
  fallbackRule?: ShieldRule;
  fallbackError?: () => Error;
}

/** A permission rule, made by {@link rule} or combined from others. */
export interface ShieldRule {
  readonly name?: string;
  resolve(parent: unknown, args: unknown, context: unknown, info: unknown, options: ShieldOptions): Promise<RuleResult>;
}

/** Rules by type and field. `'*'` covers the unlisted fields of one type; a type or field that the schema lacks fails at boot. */
export interface PermissionTable {
  [typeName: string]: ShieldRule | { [fieldName: string]: ShieldRule };
}

/** What a rule asks: true passes, false denies with FORBIDDEN, an Error denies with that error. */
export type RuleCheck<C> = (
  context: C,
  args: Record<string, unknown>,
  parent: unknown,
  info: GraphQLResolveInfo,
) => boolean | Error | Promise<boolean | Error>;

export interface RuleOptions {
  /** `contextual` asks once per request; only for rules that look at nothing but the context. */
  cache?: Cache;
}

export interface ApplyShieldOptions {
  /** Makes the error of a denied field; FORBIDDEN by default. */
  deniedError?: () => Error;
  /** The rule of every field that the table leaves out; deny by default. */
  fallbackRule?: ShieldRule;
}

type Middleware = { readonly generate: unknown };
type RawCheck = (parent: unknown, args: Record<string, unknown>, context: never, info: GraphQLResolveInfo) => unknown;

interface ShieldPackage {
  shield(table: PermissionTable, options: ShieldOptions): Middleware;
  rule(name: string, options: { cache: Cache }): (check: RawCheck) => ShieldRule;
  and(...rules: ShieldRule[]): ShieldRule;
  or(...rules: ShieldRule[]): ShieldRule;
  allow: ShieldRule;
  deny: ShieldRule;
}

const shieldPackage = require('graphql-shield') as ShieldPackage;
const { applyMiddleware } = require('graphql-middleware') as {
  applyMiddleware(schema: GraphQLSchema, ...middleware: Middleware[]): GraphQLSchema;
};

/** graphql-shield's own constructor: the middleware of a permission table. Most callers want {@link applyShield}. */
export const shield = shieldPackage.shield;
/** Passes if all rules pass. */
export const and = shieldPackage.and;
/** Passes if any rule passes. */
export const or = shieldPackage.or;
/** Lets everyone through. */
export const allow = shieldPackage.allow;
/** Lets no one through. */
export const deny = shieldPackage.deny;

interface MayLog {
  log?: { error(fields: object, message: string): void };
}

/**
 * A named rule. The name must be unique within a table and include the rule's parameters. A check that throws is logged and denies.
 * To call `resolve` outside a schema, the context needs `_shield: { cache: {} }`.
 */
export function rule<C extends object>(
  name: string,
  check: RuleCheck<C>,
  { cache = 'no_cache' }: RuleOptions = {},
): ShieldRule {
  return shieldPackage.rule(name, { cache })(async (parent, args, context: C & MayLog, info) => {
    try {
      return await check(context, args, parent, info);
    } catch (error) {
      context.log?.error({ err: error, rule: name }, 'a permission rule threw; access was denied');
      throw error;
    }
  });
}

// graphql-shield refuses two different rules of one name, so the same rule must be negated into the same rule.
const negations = new WeakMap<ShieldRule, ShieldRule>();
let unnamed = 0;

function negation(inner: ShieldRule): ShieldRule {
  return shieldPackage.rule(`not ${inner.name ?? `combined rule ${++unnamed}`}`, { cache: 'no_cache' })(
    async (parent, args, context, info) => (await inner.resolve(parent, args, context, info, { debug: true })) !== true,
  );
}

/** Passes if the rule denies. A rule that throws still denies, where graphql-shield's own `not` would let it pass. */
export function not(inner: ShieldRule): ShieldRule {
  const known = negations.get(inner) ?? negation(inner);
  negations.set(inner, known);
  return known;
}

function isRule(entry: object | undefined): entry is ShieldRule {
  return entry !== undefined && 'resolve' in entry && typeof entry.resolve === 'function';
}

// The gateway's own entry points: the request signature guards them, and entity types carry rules of their own.
function withFederation(schema: GraphQLSchema, table: PermissionTable): PermissionTable {
  if (!schema.getType('_Service') || isRule(table.Query)) return table;
  const open: Record<string, ShieldRule> = schema.getType('_Entity')
    ? { _service: allow, _entities: allow }
    : { _service: allow };
  return { _Service: allow, ...table, Query: { ...open, ...table.Query } };
}

/** Gives fields that are open to all their own resolvers back: asking a rule that always passes costs more than most fields do. */
function unwrapOpenFields(shielded: GraphQLSchema, plain: GraphQLSchema, table: PermissionTable): void {
  for (const [typeName, row] of Object.entries(table)) {
    const [type, own] = [shielded.getType(typeName), plain.getType(typeName)];
    if (!isObjectType(type) || !isObjectType(own)) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      const guard = isRule(row) ? row : (row[name] ?? row['*']);
      const { resolve } = own.getFields()[name] ?? {};
      if (guard !== allow) continue;
      if (resolve) field.resolve = resolve;
      else delete field.resolve;
    }
  }
}

/**
 * The schema with every field behind its rule, and all that the table leaves out denied, except `_service` and `_entities`. Errors of
 * resolvers pass through unmasked, so `formatError` must mask them. Throws for an unknown type or field and for two rules of one name.
 */
export function applyShield(
  schema: GraphQLSchema,
  table: PermissionTable,
  options: ApplyShieldOptions = {},
): GraphQLSchema {
  const { deniedError = () => new Forbidden(), fallbackRule = deny } = options;
  const whole = withFederation(schema, table);
  const middleware = shield(whole, {
    allowExternalErrors: true,
    fallbackRule,
    fallbackError: deniedError,
  });
  const shielded = applyMiddleware(schema, middleware);
  unwrapOpenFields(shielded, schema, whole);
  return shielded;
}
