/**
 * Every error Portcullis can answer with. A code is stable: users search for it, docs/errors.md is generated from
 * this table, and only `text` (filled with the caller's parameters) ever leaves the process; causes stay inside.
 */

export type Fixer = 'caller' | 'owner' | 'operator';

interface ErrorKind {
  /** HTTP status on any HTTP surface. */
  readonly status: number;
  /** JSON-RPC error code on the MCP surface. Own codes lie outside the range the JSON-RPC and MCP specifications reserve. */
  readonly rpc: number;
  /** Public text; `{name}` is replaced by the parameter of that name. */
  readonly text: string;
  /** Who can do something about it. */
  readonly fixer: Fixer;
}

const kind = (status: number, rpc: number, fixer: Fixer, text: string): ErrorKind => ({
  status,
  rpc,
  fixer,
  text,
});

export const ERRORS = {
  // What the client sent (src/wire)
  PC_BODY_TOO_LARGE: kind(413, -32600, 'caller', 'The message is larger than {limit} bytes.'),
  PC_BODY_ENCODING: kind(
    415,
    -32600,
    'caller',
    'The body must be UTF-8 without a byte order mark and without a content encoding.',
  ),
  PC_CONTENT_TYPE: kind(415, -32600, 'caller', 'Content-Type must be application/json.'),
  PC_JSON_SYNTAX: kind(400, -32700, 'caller', 'The body is not valid JSON: {detail} at offset {offset}.'),
  PC_JSON_DUPLICATE_KEY: kind(
    400,
    -32600,
    'caller',
    'The member {key} stands twice in one object (offset {offset}).',
  ),
  PC_JSON_CASE_COLLISION: kind(
    400,
    -32600,
    'caller',
    'The members {first} and {second} differ only in case.',
  ),
  PC_JSON_DEPTH: kind(400, -32600, 'caller', 'The body nests deeper than {limit} levels.'),
  PC_JSON_LONE_SURROGATE: kind(
    400,
    -32600,
    'caller',
    'A string holds half of a surrogate pair (offset {offset}).',
  ),
  PC_MESSAGE_INVALID: kind(
    400,
    -32600,
    'caller',
    'The message is not a JSON-RPC 2.0 request, notification or response: {detail}.',
  ),
  PC_PARAMS_INVALID: kind(400, -32602, 'caller', 'Invalid params: {detail}.'),
  PC_BATCH_REFUSED: kind(400, -32600, 'caller', 'JSON-RPC batches are accepted in 2025-03-26 sessions only.'),
  PC_BATCH_ENTRY_REFUSED: kind(
    200,
    -32600,
    'caller',
    'Not forwarded: another entry of this batch was refused.',
  ),
  PC_CALL_WITHOUT_ID: kind(
    400,
    -32600,
    'caller',
    'tools/call must be a request with a string or integer id.',
  ),
  PC_ID_IN_FLIGHT: kind(400, -32600, 'caller', 'A request with id {id} is still in flight in this session.'),
  PC_HEADER_MISMATCH: kind(400, -32020, 'caller', 'The header {header} does not say what the body says.'),
  PC_PROTOCOL_VERSION: kind(400, -32022, 'caller', 'The protocol version {version} is not supported.'),
  PC_METHOD_NOT_ALLOWED: kind(405, -32600, 'caller', 'This resource answers {allow}.'),
  PC_METHOD_DENIED: kind(200, -32601, 'owner', 'Method not found: {method}'),

  // Who called (src/identity)
  PC_HOST_FORBIDDEN: kind(
    403,
    -32600,
    'operator',
    'The Host {host} is not one that this gateway serves; set PORTCULLIS_PUBLIC_URL.',
  ),
  PC_ORIGIN_FORBIDDEN: kind(403, -32600, 'operator', 'The Origin {origin} may not call this gateway.'),
  PC_TOKEN_MISSING: kind(401, -32600, 'caller', 'A grant token is required: Authorization: Bearer pcg_…'),
  PC_TOKEN_INVALID: kind(401, -32600, 'caller', 'The token is unknown, expired or revoked.'),
  PC_ADDRESS_FORBIDDEN: kind(403, -32600, 'owner', 'This grant may not be used from this address.'),
  PC_TOKEN_OTHER_SERVER: kind(403, -32600, 'owner', 'This grant is for another server.'),
  PC_SESSION_UNKNOWN: kind(404, -32600, 'caller', 'Session not found; send initialize again.'),
  PC_SERVER_UNKNOWN: kind(404, -32600, 'caller', 'No server has this name.'),

  // What the upstream did (src/upstreams)
  PC_UPSTREAM_UNREACHABLE: kind(502, -32603, 'owner', 'The MCP server {server} cannot be reached: {detail}.'),
  PC_UPSTREAM_FORBIDDEN_ADDRESS: kind(
    502,
    -32603,
    'operator',
    'The address of the MCP server {server} is not allowed: {detail}.',
  ),
  PC_UPSTREAM_TIMEOUT: kind(
    504,
    -32603,
    'owner',
    'The MCP server {server} did not answer within {seconds} s.',
  ),
  PC_UPSTREAM_DIED: kind(
    502,
    -32603,
    'owner',
    'The connection to the MCP server {server} ended before the answer came; whether it acted is unknown.',
  ),
  PC_UPSTREAM_PROTOCOL: kind(
    502,
    -32603,
    'owner',
    'The MCP server {server} answered with something that is not MCP: {detail}.',
  ),
  PC_UPSTREAM_SESSION_LOST: kind(
    502,
    -32603,
    'owner',
    'The MCP server {server} no longer knows the session (it may have been started anew). Another one is being opened: try again.',
  ),
  PC_UPSTREAM_CREDENTIALS: kind(
    502,
    -32603,
    'owner',
    'The MCP server {server} refused the credentials that it is registered with (HTTP {status}).',
  ),
  PC_UPSTREAM_SIGN_IN: kind(
    502,
    -32603,
    'owner',
    'The MCP server {server} needs a sign-in: its owner must connect it again in Portcullis.',
  ),
  PC_UPSTREAM_PERSON: kind(
    502,
    -32603,
    'owner',
    'Calls to the MCP server {server} run as the person who owns the grant. {detail}.',
  ),
  PC_UPSTREAM_AUTHORIZATION: kind(
    502,
    -32603,
    'owner',
    'Signing in at the MCP server {server} did not work: {detail}.',
  ),
  PC_UPSTREAM_BUSY: kind(
    503,
    -32603,
    'operator',
    'The MCP server {server} has as many sessions as it may have ({limit}).',
  ),

  // Approvals (src/approvals)
  PC_APPROVAL_FORBIDDEN: kind(403, -32600, 'owner', 'You may not answer this approval: {detail}.'),
  PC_APPROVAL_ENDED: kind(409, -32600, 'caller', 'This approval can no longer be answered: {detail}.'),
  PC_APPROVAL_CHANGED: kind(409, -32600, 'owner', 'This approval no longer stands: {detail}.'),
  PC_APPROVAL_FULL: kind(
    429,
    -32603,
    'owner',
    'As many calls of this grant wait for approval as may ({limit}); the call was not made.',
  ),
  PC_APPROVAL_LINK: kind(404, -32600, 'caller', 'This link is not valid, has expired or was used.'),

  // Parts of the gateway (fail closed)
  PC_LOG_UNAVAILABLE: kind(
    503,
    -32603,
    'operator',
    'The decision log cannot be written, so no call can be decided: {detail}.',
  ),
  PC_COUNTERS_UNAVAILABLE: kind(
    503,
    -32603,
    'operator',
    'The limit counters cannot be reached, so no call can be decided.',
  ),
  PC_CALL_OVERTAKEN: kind(409, -32600, 'caller', 'The call was not made: {detail}.'),
  PC_SHUTTING_DOWN: kind(503, -32603, 'operator', 'The gateway is stopping.'),
  PC_INTERNAL: kind(
    500,
    -32603,
    'operator',
    'Something went wrong inside the gateway; the call was not forwarded.',
  ),

  // REST (src/api)
  PC_API_UNAUTHORIZED: kind(
    401,
    -32600,
    'caller',
    'Sign in, or send an API key: Authorization: Bearer <API key>.',
  ),
  PC_CROSS_SITE: kind(403, -32600, 'caller', 'This request did not come from a page of this gateway.'),
  PC_PERSON_REQUIRED: kind(
    403,
    -32600,
    'caller',
    'This needs somebody who is signed in; an API key has no account.',
  ),
  PC_THROTTLED: kind(429, -32600, 'caller', 'Too many tries; try again in {seconds} s.'),
  PC_SETUP_TOKEN: kind(
    403,
    -32600,
    'operator',
    'This link is not valid or was used before; `portcullis admin owner-link` makes a new one.',
  ),
  PC_INVITATION_INVALID: kind(
    403,
    -32600,
    'owner',
    'This invitation is not valid, or it was used or has expired.',
  ),
  PC_API_FORBIDDEN: kind(403, -32600, 'owner', 'The role {role} may not do this.'),
  PC_API_INVALID: kind(422, -32600, 'caller', 'The request is not valid.'),
  PC_API_NOT_FOUND: kind(404, -32600, 'caller', 'There is no {what} with this id.'),
  PC_API_CONFLICT: kind(409, -32600, 'caller', '{detail}'),
  PC_API_PRECONDITION: kind(
    412,
    -32600,
    'caller',
    'It was changed meanwhile: the current version is {version}.',
  ),
  PC_POLICY_INVALID: kind(422, -32600, 'owner', 'The policy is not valid.'),
  PC_CONFIG_INVALID: kind(422, -32600, 'operator', 'The configuration is not valid: {detail}.'),
  PC_IMPORT_INVALID: kind(422, -32600, 'operator', 'The catalogue cannot import this: {detail}'),
  PC_STORE_UNAVAILABLE: kind(503, -32603, 'operator', 'The database cannot be used: {detail}.'),
  PC_MASTER_KEY: kind(
    500,
    -32603,
    'operator',
    'The master key is missing or does not open the stored secrets.',
  ),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorParameters = Readonly<Record<string, string | number>>;

/** One problem in a document, REST body or file: where, what, and what was expected instead. */
export interface Problem {
  /** JSON Pointer (RFC 6901) into the document; "" is the whole. */
  readonly pointer: string;
  readonly message: string;
  /** 1-based; present when the document was read from text. */
  readonly line?: number;
  readonly column?: number;
}

/** The one error class. `message` is public; `cause` is not. */
export class PortcullisError extends Error {
  readonly code: ErrorCode;
  readonly parameters: ErrorParameters;
  readonly problems: readonly Problem[];
  /** More members for the `data` of a JSON-RPC error, where the protocol wants some. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    parameters: ErrorParameters = {},
    options: {
      cause?: unknown;
      problems?: readonly Problem[];
      data?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(publicText(code, parameters), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PortcullisError';
    this.code = code;
    this.parameters = parameters;
    this.problems = options.problems ?? [];
    this.data = options.data ?? {};
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get rpcCode(): number {
    return ERRORS[this.code].rpc;
  }
}

/** The public text of an error, with its parameters filled in. */
function publicText(code: ErrorCode, parameters: ErrorParameters = {}): string {
  return ERRORS[code].text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? '?'));
}

/** Whatever was thrown, as a PortcullisError; anything foreign becomes PC_INTERNAL with the original as its cause. */
export function toPortcullisError(thrown: unknown): PortcullisError {
  return thrown instanceof PortcullisError
    ? thrown
    : new PortcullisError('PC_INTERNAL', {}, { cause: thrown });
}
