import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { GatewayContext } from '../context.ts';

/** How long an answer may be used again without asking, in seconds, and whether one for nobody may be used for everybody who is nobody. */
export interface CachePolicy {
  maxAge: number;
  isPublic: boolean;
}

/** What schemas say with `@cacheControl`, by type or `Type.field`. */
type Declared = ReadonlyMap<string, CachePolicy>;

const NOTHING: CachePolicy = { maxAge: 0, isPublic: false };

function policyIn(directives: readonly ConstDirectiveNode[] = []): CachePolicy | null {
  const declared = directives.find(({ name }) => name.value === 'cacheControl');
  if (!declared) return null;
  const values = new Map(declared.arguments?.map(({ name, value }) => [name.value, value]));
  const [maxAge, scope] = [values.get('maxAge'), values.get('scope')];
  return {
    maxAge: maxAge?.kind === Kind.INT ? Number(maxAge.value) : 0,
    isPublic: scope?.kind === Kind.ENUM && scope.value === 'PUBLIC',
  };
}

function declaredIn(supergraphSdl: string): Declared {
  const found = new Map<string, CachePolicy>();
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const ofType = policyIn(type.directives);
    if (ofType) found.set(type.name.value, ofType);
    for (const { name, directives } of type.fields ?? []) {
      const ofField = policyIn(directives);
      if (ofField) found.set(`${type.name.value}.${name.value}`, ofField);
    }
  }
  return found;
}

/** Policies of operations of a graph, each worked out once. */
export type CachePolicies = (document: DocumentNode, operation: OperationDefinitionNode) => CachePolicy;

/**
 * The shortest and narrowest of what is said of the fields of a document: of each field or else of its type; scalars go with the object that they
 * are of, and whatever nothing is said of is not used again.
 */
export function cachePolicies(schema: GraphQLSchema, supergraphSdl: string): CachePolicies {
  const declared = declaredIn(supergraphSdl);
  const known = new WeakMap<OperationDefinitionNode, CachePolicy>();

  function make(document: DocumentNode): CachePolicy {
    const policies: CachePolicy[] = [];
    const types = new TypeInfo(schema);
    const enter = () => {
      const [field, parent] = [types.getFieldDef(), types.getParentType()];
      if (!field || !parent || field.name === '__typename') return;
      const inner = getNamedType(field.type);
      const ownPolicy = declared.get(`${parent.name}.${field.name}`) ?? declared.get(inner.name);
      if (ownPolicy) policies.push(ownPolicy);
      else if (isCompositeType(inner) || parent === schema.getQueryType()) policies.push(NOTHING);
    };
    visit(document, visitWithTypeInfo(types, { Field: { enter } }));
    if (policies.length === 0) return NOTHING;
    return {
      maxAge: Math.min(...policies.map(({ maxAge }) => maxAge)),
      isPublic: policies.every(({ isPublic }) => isPublic),
    };
  }

  return (document, operation) => {
    const policy = known.get(operation) ?? make(document);
    known.set(operation, policy);
    return policy;
  };
}

/** Request headers by which answers to the same address differ, beside its host. */
const VARY = 'authorization, cookie, x-tenant, graphql-client-name, x-polity-cost, accept';

const unquoted = (tag: string) => tag.trim().replace(/^W\//, '');

/** Whether a client has the answer already (RFC 9110 section 13.1.2). */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',', 20).some((tag) => unquoted(tag) === unquoted(etag)));

/** Headers of an answer that may be kept, and whether the client has it; null for one that may not. */
interface Cached {
  headers: { etag: string; vary: string; 'cache-control': string };
  isKnown: boolean;
}

/**
 * What caches may do with the answer to a published query that came by GET: keep it, for its viewer alone, and ask each time whether it still holds,
 * unless the graph says more. Null for errors, for answers that begin a session, and for all other operations.
 */
function cachedAnswer(
  context: GatewayContext,
  policies: CachePolicies,
  ifNoneMatch: string | undefined,
  body: string,
): Cached | null {
  const { published, read, cookies, answer, viewer } = context;
  const codes = answer.fields?.codes;
  if (!published || !read || !('document' in read.reading) || cookies.length > 0) return null;
  if (!Array.isArray(codes) || codes.length > 0) return null;
  const { document } = read.reading;
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const { maxAge, isPublic } = policies(document, operation as OperationDefinitionNode);
  const etag = `W/"${hash('sha256', body, 'base64url')}"`;
  const whose = isPublic && viewer.id === null ? 'public' : 'private';
  const control = maxAge > 0 ? `${whose}, max-age=${maxAge}` : 'private, no-cache';
  return { headers: { etag, vary: VARY, 'cache-control': control }, isKnown: isKnown(ifNoneMatch, etag) };
}

/** Says what caches may do with an answer; what a client has already is not sent again. */
export function unlessKnown(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
  context: GatewayContext,
  policies: CachePolicies,
): unknown {
  if (typeof body !== 'string' || reply.statusCode !== 200) return body;
  const cached = cachedAnswer(context, policies, headers['if-none-match'], body);
  if (!cached) return body;
  const { vary, ...others } = cached.headers;
  const before = reply.getHeader('vary');
  reply.headers({ ...others, vary: before === undefined ? vary : `${String(before)}, ${vary}` });
  return cached.isKnown ? reply.code(304).send() : body;
}
