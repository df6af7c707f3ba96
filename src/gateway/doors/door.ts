/**
 * What every HTTP door does before a message is read: the address checks, the credential, the server. What is refused here
 * never reached the pipeline, but it is in the log all the same, without the credential.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { toPortcullisError, PortcullisError } from '../../errors.ts';
import { bearerToken, clientAddress, checkHostAndOrigin, type AddressPolicy } from '../../identity/index.ts';
import { errorMessage, refusedId, type RequestId } from '../../wire/index.ts';
import type { Front } from '../call.ts';
import type { Core } from '../core.ts';
import { onServer, type Directory, type GrantEntry, type ServerEntry } from '../directory.ts';

export interface Admitted {
  readonly server: ServerEntry;
  /** As it stands on the server. */
  readonly grant: GrantEntry;
}

/** The grant of a request. @throws PC_HOST_FORBIDDEN, PC_ORIGIN_FORBIDDEN, PC_TOKEN_MISSING, PC_TOKEN_INVALID, PC_ADDRESS_FORBIDDEN */
export function identify(
  request: IncomingMessage,
  directory: Directory,
  addresses: AddressPolicy,
  now: number,
): GrantEntry {
  const { host, origin, authorization } = request.headers;
  checkHostAndOrigin(addresses, host, origin);
  const token = bearerToken(authorization);
  if (token === undefined) throw new PortcullisError('PC_TOKEN_MISSING');
  const grant = directory.grantOf(token, now);
  if (grant === undefined) throw new PortcullisError('PC_TOKEN_INVALID');
  if (grant.from !== undefined && !grant.from.has(clientAddress(request, addresses.proxies)))
    throw new PortcullisError('PC_ADDRESS_FORBIDDEN');
  return grant;
}

/** @throws what `identify` throws, and PC_SERVER_UNKNOWN, PC_TOKEN_OTHER_SERVER */
export function admit(
  request: IncomingMessage,
  slug: string,
  directory: Directory,
  addresses: AddressPolicy,
  now: number,
): Admitted {
  const identified = identify(request, directory, addresses, now);
  const server = directory.server(slug);
  if (server === undefined) throw new PortcullisError('PC_SERVER_UNKNOWN');
  const grant = onServer(identified, server.id);
  if (grant === undefined) throw new PortcullisError('PC_TOKEN_OTHER_SERVER');
  return { server, grant };
}

/** Answers and records a request that goes no further. */
export function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
  core: Core,
  known: { server?: ServerEntry; grant?: GrantEntry; id?: RequestId } = {},
): void {
  const error = toPortcullisError(thrown);
  if (error.code === 'PC_INTERNAL')
    core.logger.error({ error: String(thrown) }, 'a request could not be handled');
  recordRefusal(
    core,
    error,
    known,
    {
      surface: 'http',
      httpMethod: request.method ?? null,
      path: (request.url ?? '').split('?')[0]!.slice(0, 200),
      remote: request.socket.remoteAddress ?? null,
    },
    request.headers,
  ).finally(() => {
    if (response.headersSent) return void response.end();
    const body = errorMessage(known.id ?? refusedId(thrown), error.rpcCode, error.message, {
      code: error.code,
      ...error.data,
    });
    response.writeHead(error.status, {
      'content-type': 'application/json',
      'content-length': body.length,
      ...(error.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(error.status === 405 ? { allow: String(error.parameters.allow ?? 'POST, GET, DELETE') } : {}),
      ...(error.status === 413 ? { connection: 'close' } : {}),
    });
    if (error.status === 413 && !request.complete) endHeard(request, response, body);
    else response.end(body);
  });
}

/** How long the rest of a body that is too large is taken, and thrown away. */
const LINGER_MS = 2000;

/** A client that still sends would lose the answer with the connection, so that is closed in stages (RFC 9112 section 9.6). */
function endHeard(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.write(body);
  const end = (): void => void response.end();
  const late = setTimeout(end, LINGER_MS);
  request.on('end', end).on('close', () => clearTimeout(late));
  request.resume();
}

/** A refusal before there is a call. Resolves also when it cannot be recorded: the answer is a refusal either way. */
export async function recordRefusal(
  core: Core,
  error: PortcullisError,
  known: { server?: ServerEntry; grant?: GrantEntry },
  where: { readonly surface: Front['surface'] } & Readonly<Record<string, unknown>>,
  headers?: IncomingHttpHeaders,
): Promise<void> {
  const id = core.newId();
  const at = core.clock.now();
  const { server, grant } = known;
  core.trace?.turnedAway({ id, at, error, server, grant, surface: where.surface, headers });
  const body = {
    id,
    at,
    organization: server?.organization ?? '',
    server: server === undefined ? null : { id: server.id, name: server.name },
    grant: grant === undefined ? null : { id: grant.id, label: grant.label },
    ...where,
    method: null,
    tool: null,
    outcome: 'error',
    rule: error.code,
    message: error.message,
    dispatched: false,
  };
  const index = {
    kind: 'decision' as const,
    id,
    at,
    organization: server?.organization ?? '',
    server: server?.id,
    grant: grant?.id,
    outcome: 'error',
    rule: error.code,
  };
  await core.log.append(index, body).catch((failure: unknown) => {
    core.logger.error({ code: error.code, error: String(failure) }, 'a refusal could not be recorded');
  });
}
