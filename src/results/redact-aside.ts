/** Redaction of what a server asks or tells beside its answers: progress, log messages, questions to the client. */
import { locateMembers } from '../wire/index.ts';
import { clearMembers } from './clear-members.ts';
import { redactStrings } from './redact-strings.ts';

/** What the client answers by or goes to, directly in `params`: changed, it would lead nowhere. */
const HANDLES = new Set(['progressToken', 'requestId', 'elicitationId', 'taskId', 'uri', 'url']);

/** The same buffer when nothing had to change. @throws PC_UPSTREAM_PROTOCOL */
export function redactAside(bytes: Buffer, kinds: readonly string[]): Buffer {
  const params = clearMembers(bytes, 0, ['params']).members.get('params');
  if (params === undefined) return bytes;
  const handles = (locateMembers(bytes, params.start) ?? []).filter(({ name }) => HANDLES.has(name));
  return redactStrings(bytes, params, kinds, new Set(handles.map(({ start }) => start)));
}
