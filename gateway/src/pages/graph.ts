import type { ApolloServer } from '@apollo/server';
import { AppError } from '@polity/kernel/graph/errors';
import { answerNotes } from '@polity/kernel/http/answers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Carrier } from '../context.ts';
import { admittedAs } from '../front.ts';
import { contextOf, type GatewayRuntime } from '../request.ts';

/** What the graph refused, for the page to say. */
export class Refused extends Error {
  readonly code: string;
  /** What is wrong with each field, as the graph says it. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: string, fields: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.fields = fields;
  }
}

interface Said {
  extensions?: Record<string, unknown> | undefined;
  originalError?: unknown;
}

function refusalOf({ extensions = {}, originalError }: Said): Refused {
  // What was refused before any operation ran has its code there only.
  const { code, details } = originalError instanceof AppError ? originalError : extensions;
  const { fields = {} } = (details ?? {}) as { fields?: Record<string, string> };
  return new Refused(String(code ?? 'INTERNAL_ERROR'), fields);
}

export interface PageGraph {
  api: ApolloServer<Carrier>;
  runtime: GatewayRuntime;
}

export interface Operation {
  query: string;
  variables?: Readonly<Record<string, unknown>>;
  /** Slug of the tenant in which it is asked; that of the host or the session without it. */
  tenant?: string | null;
  /** Language of the page: what is mailed is in the same. */
  language?: string;
  /** Asked as nobody, whoever is signed in. */
  signedOut?: boolean;
}

/**
 * Runs an operation of a page for the browser that asks for the page: by the same door, guards and limits as an operation that it sends itself,
 * and with the same cookie in the answer. Throws Refused for the first error.
 */
export async function askGraph<Data>(
  { api, runtime }: PageGraph,
  request: FastifyRequest,
  reply: FastifyReply,
  { query, variables = {}, tenant, language, signedOut = false }: Operation,
): Promise<Data> {
  const { authorization: _a, dpop: _d, cookie, ...rest } = request.headers;
  const headers = {
    ...rest,
    ...(tenant && { 'x-tenant': tenant }),
    ...(language && { 'accept-language': language }),
    ...(!signedOut && cookie && { cookie }),
  };
  const { ip: address, host, method, url: path, id: requestId } = request;
  const caller = { headers, address, host, method, path, requestId, notes: answerNotes(request) };
  try {
    const operation = await contextOf(runtime, { ...caller, admitted: admittedAs(request) });
    const { body } = await api.executeOperation<Data>({ query, variables }, { contextValue: { operation } });
    const cookieToSet = operation.cookies.at(-1);
    if (cookieToSet) reply.header('set-cookie', cookieToSet);
    if (body.kind !== 'single') throw new Refused('INTERNAL_ERROR');
    const [error] = body.singleResult.errors ?? [];
    if (error) throw refusalOf(error);
    return body.singleResult.data as Data;
  } catch (error) {
    throw error instanceof GraphQLError ? refusalOf(error) : error;
  }
}
