/**
 * Rules on a tool's own arguments. What only the owner can know (hosts, directories) is filled with a value that refuses
 * everything real, so that a rule that nobody completed stays shut.
 */
import { asObject, type JsonObject } from '../../json.ts';
import type { CodeRules, Condition, Rule } from '../../policy/index.ts';
import type { Assessment, ToolDefinition } from '../types.ts';

export interface ArgumentRule {
  /** The argument's name. */
  readonly argument: string;
  readonly rule: Rule;
  /** Whether the owner has to put in values of their own. */
  readonly fillIn: boolean;
}

const MOST_SECONDS = 60;
const MOST_MONEY = 100;
const HOST = 'example.com';
const ROOT = '/workspace';
const MOST_RULES = 8;

/** The rules that suit the tool's direct arguments, in their order, at most eight. Each accepts a call that leaves an optional argument out. */
export function argumentRules(tool: ToolDefinition, assessment: Assessment): readonly ArgumentRule[] {
  const schema = asObject(tool.inputSchema);
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const found: ArgumentRule[] = [];
  for (const [argument, property] of Object.entries(asObject(schema.properties)).slice(0, 200)) {
    if (found.length === MOST_RULES) break;
    const made = ruleFor(argument, asObject(property), signalsAt(argument, assessment), tool);
    if (made === undefined) continue;
    const { text, fillIn, ...comparison } = made;
    const own = pathOf(argument);
    const condition: Condition = {
      path: `${own}${made.each ? '[*]' : ''}`,
      op: comparison.op,
      value: comparison.value,
    };
    const conditions = required.has(argument)
      ? [condition]
      : [{ any_of: [{ path: own, op: 'exists', value: false }, condition] }];
    found.push({ argument, fillIn, rule: { conditions, on_deny: text } });
  }
  return found;
}

interface Comparison {
  readonly op: string;
  readonly value: number | readonly string[] | CodeRules;
  readonly text: string;
  readonly fillIn: boolean;
  readonly each: boolean;
}

function ruleFor(
  argument: string,
  property: JsonObject,
  signals: ReadonlySet<string>,
  tool: ToolDefinition,
): Comparison | undefined {
  const types = [property.type].flat();
  if (types.includes('number') || types.includes('integer')) {
    if (/^(?:timeout|time_?out_?(?:s|ms|secs?|seconds|millis|milliseconds))$/i.test(argument))
      return cap(argument, property, isMilliseconds(argument, property) ? MOST_SECONDS * 1000 : MOST_SECONDS);
    return signals.has('costs-money') ? cap(argument, property, MOST_MONEY) : undefined;
  }
  const each =
    types.length === 1 && types[0] === 'array' && [asObject(property.items).type].flat().includes('string');
  if (!each && !(types.length === 1 && types[0] === 'string')) return undefined;
  const fill = (op: string, value: string, text: string): Comparison => ({
    op,
    value: [value],
    text,
    fillIn: true,
    each,
  });
  if (signals.has('accepts-url'))
    return fill('url_host_in', HOST, `The host in ${argument} is not on the list.`);
  if (signals.has('accepts-path'))
    return fill('path_within', ROOT, `${argument} lies outside the permitted directories.`);
  const rules = codeRules(argument, property, signals, tool);
  return rules === undefined
    ? undefined
    : {
        op: 'code_within',
        value: rules,
        text: `${argument} reaches beyond what the policy permits.`,
        fillIn: true,
        each,
      };
}

const LANGUAGES: readonly (readonly [RegExp, CodeRules])[] = [
  [/\bpython3?\b/i, { language: 'python', imports: [] }],
  [/\btypescript\b|\bdeno\b/i, { language: 'typescript', imports: [], globals: [] }],
  [/\bjavascript\b|\bnode(?:\.?js)?\b/i, { language: 'javascript', imports: [], globals: [] }],
];

/** Lists that permit nothing, for the owner to fill in; undefined where the language is not said. */
function codeRules(
  argument: string,
  { description }: JsonObject,
  signals: ReadonlySet<string>,
  tool: ToolDefinition,
): CodeRules | undefined {
  if (signals.has('accepts-sql')) return { language: 'sql', statements: ['select'], tables: [] };
  if (signals.has('accepts-shell')) return { language: 'shell', commands: [], writes: [] };
  if (!signals.has('accepts-code')) return undefined;
  const words = [argument, description, tool.name, tool.title, tool.description]
    .filter((text) => typeof text === 'string')
    .map((text) => text.slice(0, 2000).replaceAll('_', ' '))
    .join(' ');
  const said = LANGUAGES.filter(([name]) => name.test(words));
  // Two languages said, or none: a guess would stop every honest text.
  return said.length === 1 ? said[0]![1] : undefined;
}

/** Between the schema's own bounds; undefined when the schema is as tight already, or asks for numbers that no policy can judge. */
function cap(argument: string, { minimum, maximum }: JsonObject, most: number): Comparison | undefined {
  if (typeof maximum === 'number' && maximum <= most) return undefined;
  const value = typeof minimum === 'number' ? Math.max(minimum, most) : most;
  if (!Number.isSafeInteger(Math.ceil(value))) return undefined;
  return { op: 'lte', value, text: `Set ${argument} to ${value} or less.`, fillIn: false, each: false };
}

function isMilliseconds(argument: string, { description, default: usual, maximum }: JsonObject): boolean {
  if (
    /ms$|milli/i.test(argument) ||
    (typeof description === 'string' && /\bms\b|millisecond/i.test(description.slice(0, 400)))
  )
    return true;
  return [usual, maximum].some((number) => typeof number === 'number' && number >= 1000);
}

function signalsAt(argument: string, { evidence }: Assessment): ReadonlySet<string> {
  const place = `inputSchema.properties.${argument}`;
  return new Set(evidence.filter((one) => one.place === place).map(({ says }) => says));
}

function pathOf(argument: string): string {
  return /^[^.[\]"\s]+$/.test(argument) ? `args.${argument}` : `args[${JSON.stringify(argument)}]`;
}
