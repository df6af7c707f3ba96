/** What the table of the API does not have: sign-in, and the policy's schema. JSON, refusals as ApiProblem. */
import { ApiProblem, type Place } from './problem.ts';
import { send } from './send.ts';

export interface RequestOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** @throws ApiProblem */
export async function request<Answer>(
  method: string,
  path: `/api/auth/${string}` | '/schema/policy-1.json',
  { body, signal }: RequestOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const answer = await send(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await answer.text();
  const value = parsed(text);
  if (!answer.ok) throw problemOf(answer, value);
  return value as Answer;
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
