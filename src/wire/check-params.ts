/** The members of `params` that decide what a message reaches must have the type and the spelling that MCP gives them. */
import { PortcullisError } from '../errors.ts';
import { objectOf, type Json, type JsonObject } from '../json.ts';
import { nameTable, refuseVariants } from './members.ts';

const DECISIVE = nameTable([
  'name',
  'arguments',
  '_meta',
  'task',
  'taskId',
  'uri',
  'ref',
  'inputResponses',
  'requestState',
  'protocolVersion',
]);

type Check = (value: Json | undefined) => string | undefined;

const text: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be a non-empty string';
const object: Check = (value) => (objectOf(value) === undefined ? 'must be an object' : undefined);
const optionalObject: Check = (value) => (value === undefined ? undefined : object(value));
const optionalText: Check = (value) =>
  value === undefined || typeof value === 'string' ? undefined : 'must be a string';

const uri: Readonly<Record<string, Check>> = { uri: text };
const task: Readonly<Record<string, Check>> = { taskId: text };

const CHECKS = new Map<string, Readonly<Record<string, Check>>>([
  [
    'tools/call',
    {
      name: text,
      arguments: optionalObject,
      task: optionalObject,
      requestState: optionalText,
      inputResponses: optionalObject,
    },
  ],
  ['prompts/get', { name: text, arguments: optionalObject }],
  ['resources/read', uri],
  ['resources/subscribe', { uri: optionalText }],
  ['resources/unsubscribe', { uri: optionalText }],
  ['resources/directory/read', uri],
  ['completion/complete', { ref: object }],
  ['tasks/get', task],
  ['tasks/result', task],
  ['tasks/cancel', task],
  ['tasks/update', task],
]);

/** What `params` holds, as an object. @throws PC_PARAMS_INVALID */
export function checkParams(method: string, value: Json | undefined): JsonObject | undefined {
  const params = value === undefined ? undefined : objectOf(value);
  if (value !== undefined && params === undefined) throw refusal('params must be an object');
  if (params !== undefined) {
    refuseVariants(params, DECISIVE, refusal);
    const problem = optionalObject(params._meta);
    if (problem !== undefined) throw refusal(`_meta ${problem}`);
  }
  const checks = CHECKS.get(method);
  if (checks === undefined) return params;
  for (const name in checks) {
    const problem = checks[name]!(
      params === undefined || !Object.hasOwn(params, name) ? undefined : params[name],
    );
    if (problem !== undefined) throw refusal(`${name} ${problem}`);
  }
  return params;
}

function refusal(detail: string): PortcullisError {
  return new PortcullisError('PC_PARAMS_INVALID', { detail });
}
