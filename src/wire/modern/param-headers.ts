/**
 * Arguments that travel as headers too: a tool's input schema marks them with `x-mcp-header` (MCP 2026-07-28, Streamable
 * HTTP, custom headers from tool parameters). The body is what is judged; a header must repeat it.
 */
import { PortcullisError } from '../../errors.ts';
import { ExactNumber, objectOf, type Json, type JsonObject } from '../../json.ts';
import { decodeHeaderValue, encodeHeaderValue } from './header-values.ts';

interface Annotated {
  /** Lower case, with its prefix. */
  readonly header: string;
  /** As found in the arguments; undefined when absent or null, for which no header is sent. */
  readonly value: Json | undefined;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Refuses a call whose `Mcp-Param-*` headers do not say what its arguments say, or are missing. Annotations that the
 * specification does not allow are not enforced.
 * @throws PC_HEADER_MISMATCH
 */
export function checkParamHeaders(
  inputSchema: JsonObject,
  args: JsonObject,
  headers: Readonly<Record<string, string | undefined>>,
): void {
  for (const { header, value } of annotated(inputSchema, args)) {
    const said = headers[header];
    if (said === undefined ? value !== undefined : !says(decodeHeaderValue(said), value))
      throw new PortcullisError('PC_HEADER_MISMATCH', { header });
  }
}

/** The `Mcp-Param-*` headers of a call. */
export function paramHeaders(inputSchema: JsonObject, args: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { header, value } of annotated(inputSchema, args))
    if (value !== undefined)
      headers[header] = encodeHeaderValue(value instanceof ExactNumber ? value.text : String(value));
  return headers;
}

/** Only what is reachable by `properties` alone counts, and only strings, numbers and booleans can travel. */
function* annotated(schema: JsonObject, args: JsonObject | undefined): Generator<Annotated> {
  for (const [name, property] of Object.entries(objectOf(schema.properties) ?? {})) {
    const inner = objectOf(property);
    if (inner === undefined) continue;
    const value = args !== undefined && Object.hasOwn(args, name) ? args[name] : undefined;
    const annotation = inner['x-mcp-header'];
    if (typeof annotation === 'string' && TOKEN.test(annotation) && isScalar(value))
      yield { header: `mcp-param-${annotation.toLowerCase()}`, value: value ?? undefined };
    yield* annotated(inner, objectOf(value));
  }
}

function isScalar(value: Json | undefined): boolean {
  return value === null || value instanceof ExactNumber || typeof value !== 'object';
}

function says(header: string | undefined, value: Json | undefined): boolean {
  if (header === undefined || value === undefined) return false;
  if (value instanceof ExactNumber) return header === value.text;
  if (typeof value === 'number')
    return NUMBER.test(header) ? Number(header) === value : header === String(value);
  return header === String(value);
}
