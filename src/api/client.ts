/**
 * The REST API as typed calls, for browsers and for Node. Its types are those of the table that the server answers by;
 * nothing of the server is loaded.
 */
import type { z } from 'zod';
import type { TABLE } from './routes/index.ts';

type Row = (typeof TABLE)[number];

/** `METHOD /path`, as in the table. */
export type Endpoint = Row extends infer One
  ? One extends { readonly method: infer Method extends string; readonly path: infer Path extends string }
    ? `${Method} ${Path}`
    : never
  : never;

type RowOf<Name extends Endpoint> = Name extends `${infer Method} ${infer Path}`
  ? Extract<Row, { readonly method: Method; readonly path: Path }>
  : never;
type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;
type Parameters<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameters<Rest>
  : never;
type Member<Row, Name extends string> = Row extends { readonly [Key in Name]: infer Value }
  ? Value
  : undefined;
type Given<Name extends string, Value> = [Value] extends [never]
  ? { readonly [Key in Name]?: undefined }
  : undefined extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

export type RequestOf<Name extends Endpoint> = Given<
  'path',
  [Parameters<Name>] extends [never] ? never : { readonly [Key in Parameters<Name>]: string }
> &
  Given<'body', Input<Member<RowOf<Name>, 'body'>>> & {
    readonly query?: Partial<Input<Member<RowOf<Name>, 'query'>>>;
    /** The ETag that was read: nobody overwrites what they have not seen. */
    readonly ifMatch?: string;
    readonly signal?: AbortSignal;
  };

export type AnswerOf<Name extends Endpoint> =
  Member<RowOf<Name>, 'answer'> extends z.ZodType ? z.output<Member<RowOf<Name>, 'answer'>> : undefined;

export interface Reply<Body> {
  readonly body: Body;
  /** Of a resource with versions. */
  readonly etag: string | undefined;
  /** After a change: whether every node acts on it. */
  readonly confirmed: boolean | undefined;
}

/** A problem document (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly {
    readonly pointer: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  }[];
}

export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

export interface ClientOptions {
  /** Where the gateway is, without a slash at its end; the page's own origin unless given. */
  readonly baseUrl?: string;
  /** An API key; without one the browser's session counts. */
  readonly key?: string;
  // oxlint-disable-next-line no-restricted-globals -- what browsers have
  readonly fetch?: typeof fetch;
}

export type Client = <Name extends Endpoint>(
  endpoint: Name,
  ...request: object extends RequestOf<Name> ? [RequestOf<Name>?] : [RequestOf<Name>]
) => Promise<Reply<AnswerOf<Name>>>;

interface AnyRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** @returns a function that throws ApiProblem for every answer that is not a success */
export function createClient(options: ClientOptions = {}): Client {
  // oxlint-disable-next-line no-restricted-globals -- what browsers have
  const { baseUrl = '', key, fetch: send = fetch } = options;
  return (async (endpoint: string, request: AnyRequest = {}) => {
    const { body, ifMatch, signal } = request;
    const [method = 'GET'] = endpoint.split(' ');
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (key !== undefined) headers['authorization'] = `Bearer ${key}`;
    if (ifMatch !== undefined) headers['if-match'] = ifMatch;
    const answer = await send(baseUrl + urlOf(endpoint, request), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) throw new ApiProblem(await problemOf(answer));
    const confirmed = answer.headers.get('portcullis-confirmed');
    return {
      body: answer.status === 204 ? undefined : await answer.json(),
      etag: answer.headers.get('etag') ?? undefined,
      confirmed: confirmed === null ? undefined : confirmed === 'true',
    };
  }) as Client;
}

/** The address of an endpoint, such as for `EventSource`. */
export function urlOf(endpoint: string, { path = {}, query = {} }: AnyRequest = {}): string {
  const place = endpoint
    .slice(endpoint.indexOf(' ') + 1)
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]): [string, string] => [name, String(value)]);
  const text = new URLSearchParams(pairs).toString();
  return `/api/v1${place}${text === '' ? '' : `?${text}`}`;
}

/** What stands between us and the server may answer with something else. */
async function problemOf(answer: Response): Promise<Problem> {
  const { status, statusText } = answer;
  const body = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return { status, title: statusText, detail: `HTTP ${status}`, code: '', errors: [], ...body };
}
