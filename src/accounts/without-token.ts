import { isObject } from '../json.ts';

/** The library repeats the session's token in its answers, where a script could read it. The cookie, which scripts cannot read, is enough. */
export async function withoutToken(answer: Response): Promise<Response> {
  if (answer.headers.get('content-type')?.startsWith('application/json') !== true) return answer;
  const text = await answer.text();
  const { status, headers } = answer;
  // Redirects say that they are JSON, and are empty.
  if (text === '') return new Response(null, { status, headers });
  const body: unknown = JSON.parse(text);
  const { token: _, ...rest } = isObject(body) ? body : {};
  const own = new Headers(headers);
  own.delete('content-length');
  return new Response(JSON.stringify(isObject(body) ? rest : body), { status, headers: own });
}
