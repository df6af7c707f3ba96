/**
 * Bytes to a JSON-RPC 2.0 message of MCP. Whatever could be read in two ways is refused here, so that everything after this
 * file judges exactly what an upstream will read.
 */
import { PortcullisError } from '../errors.ts';
import { objectOf, type Json, type JsonObject } from '../json.ts';
import { parseStrict, type StrictDocument } from './json/parse-strict.ts';
import { checkParams } from './check-params.ts';
import { nameTable, refuseVariants } from './members.ts';
import type { Batch, Message, RequestId } from './types.ts';

export interface ReadOptions {
  /** The server's tools tell arguments apart by case: names inside `params.arguments` may collide. */
  readonly caseSensitiveArguments?: boolean;
}

const ENVELOPE = nameTable(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);
const ARGUMENTS = ['params', 'arguments'];

/** Why a request is refused whose id could be read. */
class RequestInvalid extends PortcullisError {
  readonly id: RequestId;

  constructor(id: RequestId, reason: PortcullisError) {
    super(reason.code, reason.parameters);
    this.id = id;
  }
}

/** An entry of a batch is read once more, on its own; a batch in it is refused, not entered. @throws PC_BODY_ENCODING, PC_JSON_*, PC_MESSAGE_INVALID, PC_PARAMS_INVALID, PC_CALL_WITHOUT_ID */
export function readMessage(bytes: Buffer, options: ReadOptions = {}): Message | Batch {
  const document = parse(bytes, options);
  if (!Array.isArray(document.value)) return messageOf(document, bytes, true);
  if (document.value.length === 0) throw invalid('a batch holds at least one message');
  const messages = document.spans().map(({ start, end }) => {
    const own = bytes.subarray(start, end);
    return messageOf(parse(own, options), own, false);
  });
  return { kind: 'batch', bytes, messages };
}

function parse(bytes: Buffer, options: ReadOptions): StrictDocument {
  return parseStrict(bytes, options.caseSensitiveArguments === true ? { caseSensitiveAt: ARGUMENTS } : {});
}

/** One bad entry refuses its whole batch, so what is thrown for an entry names no id: it answers for all of them. */
function messageOf(document: StrictDocument, bytes: Buffer, alone: boolean): Message {
  const envelope = objectOf(document.value);
  if (envelope === undefined) throw invalid('an object is expected');
  refuseVariants(envelope, ENVELOPE, invalid);
  if (envelope.jsonrpc !== '2.0') throw invalid('jsonrpc must be "2.0"');
  const { method, params } = envelope;
  if (method === undefined) return responseOf(envelope, document, bytes);
  if (typeof method !== 'string') throw invalid('method must be a string');
  if (envelope.result !== undefined || envelope.error !== undefined)
    throw invalid('a request has neither result nor error');
  if (envelope.id === undefined) {
    if (method === 'tools/call') throw new PortcullisError('PC_CALL_WITHOUT_ID');
    return { kind: 'notification', bytes, method, params: checkParams(method, params) };
  }
  const id = idOf(envelope.id, document);
  try {
    return { kind: 'request', bytes, id, method, params: checkParams(method, params) };
  } catch (thrown) {
    throw alone && thrown instanceof PortcullisError ? new RequestInvalid(id, thrown) : thrown;
  }
}

function responseOf(envelope: JsonObject, document: StrictDocument, bytes: Buffer): Message {
  const isError = envelope.error !== undefined;
  if (isError === (envelope.result !== undefined))
    throw invalid('either method, result or error is expected');
  if (envelope.id === undefined) throw invalid('a response needs an id');
  return { kind: 'response', bytes, id: idOf(envelope.id, document), isError };
}

function idOf(value: Json, document: StrictDocument): RequestId {
  const isInteger = typeof value === 'number' && Number.isSafeInteger(value);
  if (typeof value !== 'string' && !isInteger) throw invalid('id must be a string or an integer');
  return { value, text: document.spelling('id')! };
}

function invalid(detail: string): PortcullisError {
  return new PortcullisError('PC_MESSAGE_INVALID', { detail });
}

/** The id that the answer to what `readMessage` threw carries; null where none could be read (JSON-RPC 2.0 section 5). */
export function refusedId(thrown: unknown): RequestId | null {
  return thrown instanceof RequestInvalid ? thrown.id : null;
}
