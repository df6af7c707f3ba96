/** The one way to the API: same origin, JSON, refusals as ApiProblem. */
import { ApiProblem, type Place } from './problem.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface RequestOptions {
  readonly body?: unknown;
  readonly query?: Query;
  /** The version that a change is based on. */
  readonly version?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const PREFIX = '/api/v1';

/** @param path under /api/v1, or from the root when it begins with /api/ @throws ApiProblem */
export async function request<Answer>(
  method: string,
  path: string,
  { body, query, version, signal }: RequestOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  const answer = await fetch(addressOf(path, query), {
    method,
    headers,
    credentials: 'same-origin',
    redirect: 'error',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ApiProblem(
      0,
      'PC_UNREACHABLE',
      'The gateway does not answer. Is it running, and is the network up?',
    );
  });
  const text = await answer.text();
  const value = parsed(text);
  if (!answer.ok) throw problemOf(answer, value);
  return value as Answer;
}

export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const place =
    path.startsWith('/api/') || path.startsWith('/schema/') || path === '/readyz' ? path : PREFIX + path;
  return search === '' ? place : `${place}?${search}`;
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(answer: Response, value: unknown): ApiProblem {
  const { code, detail, message, errors } = (value ?? {}) as {
    code?: string;
    detail?: string;
    message?: string;
    errors?: readonly Place[];
  };
  const text = detail ?? message ?? `The gateway answered ${answer.status} ${answer.statusText}.`;
  return new ApiProblem(answer.status, code ?? `HTTP ${answer.status}`, text, errors ?? []);
}
