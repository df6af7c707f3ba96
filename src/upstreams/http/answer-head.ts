/** What a response's status line and headers mean. Credentials, cookies and challenges of the upstream end here. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AnswerHead } from '../types.ts';

const PASSED_BACK = ['content-type', 'mcp-protocol-version', 'retry-after', 'allow'] as const;

/** The head of an answer; `empty` is only known for sure once the body has ended. */
export function answerHead(status: number, headers: IncomingHttpHeaders): AnswerHead {
  const kept: Record<string, string> = {};
  for (const name of PASSED_BACK) {
    const value = single(headers[name]);
    if (value !== undefined) kept[name] = value;
  }
  return {
    status,
    kind: kindOf(status, kept['content-type'], single(headers['content-length'])),
    headers: kept,
    sessionId: single(headers['mcp-session-id']),
  };
}

/** Why a response cannot be an answer of an MCP server at all; undefined when it can. */
export function unacceptable(status: number, headers: IncomingHttpHeaders): string | undefined {
  if (status >= 300 && status < 400) return `HTTP ${status}; redirects are not followed`;
  const encoding = single(headers['content-encoding']);
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return 'a content encoding that was not asked for';
  return undefined;
}

function kindOf(
  status: number,
  contentType: string | undefined,
  contentLength: string | undefined,
): AnswerHead['kind'] {
  if (status === 202 || status === 204 || status === 205 || contentLength === '0') return 'empty';
  if (contentType === 'application/json') return 'json';
  const essence = contentType?.split(';', 1)[0]!.trim().toLowerCase();
  if (essence === 'application/json') return 'json';
  return essence === 'text/event-stream' ? 'sse' : 'other';
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
