import type { Outbound, OutboundRequest } from './outbound.ts';

const WITHOUT_BODY = new Set([101, 204, 205, 304]);
/** What the client has undone by the time a library sees the answer. */
const UNDONE = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** The outbound client in the shape of `fetch`, for libraries that want one. Redirects come back as they are, whatever the library asks for. */
export function outboundFetch(
  { send }: Outbound,
  limits: Pick<OutboundRequest, 'maxBytes' | 'timeoutMs'>,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = new Request(input, { ...init, redirect: 'manual' });
    const { status, headers, body } = await send(request.url, {
      ...limits,
      method: request.method as NonNullable<OutboundRequest['method']>,
      headers: Object.fromEntries(request.headers),
      body: request.body && new Uint8Array(await request.arrayBuffer()),
      signal: request.signal,
    });
    const shown = Object.entries(headers)
      .filter(([name]) => !UNDONE.has(name))
      .flatMap(([name, value]) => [value ?? []].flat().map((each): [string, string] => [name, each]));
    return new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(body), { status, headers: shown });
  };
}
