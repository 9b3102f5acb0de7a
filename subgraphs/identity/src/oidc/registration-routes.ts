import { Forbidden } from '@polity/kernel/graph/errors';
import { isOutage } from '@polity/kernel/graph/outage';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  deleteByToken,
  type RegistrationParts,
  readByToken,
  registerByToken,
  updateByToken,
} from '../domain/registration/registration.service.ts';
import { inputOf, metadataOf, RegistrationError, readMetadata, registrationErrorOr } from './registration.ts';

const REGISTRATION_PATH = '/oidc/register';
/** Largest description of an application, in bytes. */
const BODY_LIMIT = 64 * 1024;
// In a process of its own a subgraph takes signed requests only; these routes are for programs.
const OPEN = { config: { open: true } };

const INVALID_TOKEN = new RegistrationError('invalid_token', 'This token is not good, or not for this.', 401);

/** The token of the request. Throws RegistrationError. */
function tokenOf({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer (polity_r[gm]_[\w-]{43})$/i.exec(headers.authorization ?? '') ?? [];
  if (!token) throw INVALID_TOKEN;
  return token;
}

function existing<Found>(found: Found | null): Found {
  if (found === null) throw INVALID_TOKEN;
  return found;
}

async function refuse(given: unknown, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  const error =
    given instanceof Forbidden
      ? new RegistrationError('access_denied', given.message, 403)
      : registrationErrorOr(given);
  if (error instanceof RegistrationError) {
    const { status, code, message } = error;
    if (status === 401) reply.header('www-authenticate', `Bearer error="${code}"`);
    return reply.code(status).send({ error: code, error_description: message });
  }
  if (isOutage(error)) return reply.code(503).header('retry-after', '1').send({ error: 'temporarily_unavailable' });
  const { statusCode = 500 } = error as FastifyError;
  if (statusCode >= 500) throw error;
  return reply.code(statusCode).send({ error: 'invalid_client_metadata', error_description: 'The body is not JSON.' });
}

/** Registration of applications by programs: RFC 7591 with an initial access token, RFC 7592 with the token of the registration itself. */
export async function registrationRoutes(app: FastifyInstance, parts: RegistrationParts): Promise<void> {
  const { publicUrl } = parts.ports.oidc;
  const management = (request: FastifyRequest) => {
    const { id: clientId } = request.params as { id: string };
    return { clientId, token: tokenOf(request), address: request.ip };
  };
  const send = (reply: FastifyReply, body: object) => reply.header('cache-control', 'no-store').send(body);

  app.setErrorHandler(refuse);
  app.post(REGISTRATION_PATH, { ...OPEN, bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const [token, input] = [tokenOf(request), () => inputOf(readMetadata(request.body))];
    const made = existing(await registerByToken(parts, { token, address: request.ip, input }));
    const { application, managementToken, secret, secretEnds } = made;
    const client_secret_expires_at = Math.floor(secretEnds.getTime() / 1000);
    const credentials = secret === null ? {} : { client_secret: secret, client_secret_expires_at };
    return send(reply.code(201), { ...metadataOf(application, publicUrl, managementToken), ...credentials });
  });
  app.get(`${REGISTRATION_PATH}/:id`, OPEN, async (request, reply) => {
    const { application, managementToken } = existing(await readByToken(parts, management(request)));
    return send(reply, metadataOf(application, publicUrl, managementToken));
  });
  app.put(`${REGISTRATION_PATH}/:id`, { ...OPEN, bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const by = management(request);
    const input = () => {
      const metadata = readMetadata(request.body);
      if (metadata.client_id !== by.clientId)
        throw new RegistrationError('invalid_client_metadata', 'client_id: must be that of the address');
      return inputOf(metadata);
    };
    const { application, managementToken } = existing(await updateByToken(parts, by, input));
    return send(reply, metadataOf(application, publicUrl, managementToken));
  });
  app.delete(`${REGISTRATION_PATH}/:id`, OPEN, async (request, reply) => {
    existing(await deleteByToken(parts, management(request)));
    return reply.code(204).header('cache-control', 'no-store').send();
  });
}
