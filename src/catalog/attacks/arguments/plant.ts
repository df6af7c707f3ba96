/** Puts a payload where a tool takes it: the part of an attack that depends on the tool. */
import { asObject, type Json, type JsonObject } from '../../../json.ts';
import { classify } from '../../classify/classify.ts';
import { SIGNALS, type Signal, type ToolDefinition } from '../../types.ts';
import { fillObject, typeOf } from './fill.ts';

export interface Plant {
  /** The parameter: one that the classifier gives this signal, or whose name matches (camel case is read as snake case). */
  readonly at: Signal | RegExp;
  /** What goes in. A pattern chooses among the values of an enumeration, and does not fit where there is none. */
  readonly value: Json | RegExp | ((turn: number) => Json);
  /** The attack does without it. */
  readonly optional?: true;
}

type MakeArguments = (tool: ToolDefinition, turn: number) => JsonObject | undefined;

/** Arguments with every plant in its place and all other required ones filled; undefined when one has no place. */
export function plant(...plants: readonly Plant[]): MakeArguments {
  return (tool, turn) => {
    const schema = asObject(tool.inputSchema);
    const properties = asObject(schema.properties);
    const args: Record<string, Json> = { ...fillObject(schema) };
    const taken = new Set<string>();
    for (const { at, value, optional } of plants) {
      const wanted = typeof value === 'function' ? value(turn) : value;
      const place = placesFor(tool, at, properties).find(
        (name) => !taken.has(name) && fitted(asObject(properties[name]), wanted) !== undefined,
      );
      if (place !== undefined) {
        taken.add(place);
        args[place] = fitted(asObject(properties[place]), wanted)!;
      } else if (optional !== true) return undefined;
    }
    return args;
  };
}

/** Only what the tool requires, for attacks that lie in the call itself. */
export const ordinary: MakeArguments = plant();

function placesFor(tool: ToolDefinition, at: Signal | RegExp, properties: JsonObject): readonly string[] {
  const names = Object.keys(properties);
  return typeof at === 'string'
    ? (signalPlaces(tool).get(at) ?? [])
    : names.filter((name) => at.test(name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()));
}

const known = new WeakMap<ToolDefinition, ReadonlyMap<Signal, readonly string[]>>();
const PLACE = /^inputSchema\.properties\.(.+)$/;

/** Which of the tool's own parameters have a signal. */
function signalPlaces(tool: ToolDefinition): ReadonlyMap<Signal, readonly string[]> {
  const before = known.get(tool);
  if (before !== undefined) return before;
  const properties = asObject(asObject(tool.inputSchema).properties);
  const places = new Map<Signal, string[]>();
  for (const { place, says } of classify(tool).evidence) {
    const name = PLACE.exec(place)?.[1];
    const signal = SIGNALS.find((one) => one === says);
    if (name === undefined || signal === undefined || !Object.hasOwn(properties, name)) continue;
    places.set(signal, [...(places.get(signal) ?? []), name]);
  }
  known.set(tool, places);
  return places;
}

/** The value as the parameter takes it: as it is, as the one element of a list, or one of its own choices. */
function fitted(schema: JsonObject, value: Json | RegExp): Json | undefined {
  const variants = [
    schema,
    ...[schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : [])),
  ];
  for (const variant of variants.map((one) => asObject(one as Json))) {
    const found = fittedTo(variant, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fittedTo(schema: JsonObject, value: Json | RegExp): Json | undefined {
  const choices = Array.isArray(schema.enum) ? (schema.enum as readonly Json[]) : undefined;
  if (value instanceof RegExp) return choices?.find((one) => typeof one === 'string' && value.test(one));
  if (choices !== undefined) return choices.find((one) => one === value);
  const type = typeOf(schema);
  if (type === 'array' && !Array.isArray(value)) {
    const inner = fittedTo(asObject(schema.items), value);
    return inner === undefined ? undefined : [inner];
  }
  if (typeof value === 'number')
    return type === 'integer' || type === 'number' ? within(value, schema) : undefined;
  if (typeof value === 'string') return type === 'string' ? value : undefined;
  if (typeof value === 'boolean') return type === 'boolean' ? value : undefined;
  return type === (Array.isArray(value) ? 'array' : 'object') ? value : undefined;
}

/** As much of a number as the schema lets through. */
function within(value: number, { minimum, maximum }: JsonObject): number {
  const most = typeof maximum === 'number' ? Math.min(value, maximum) : value;
  return typeof minimum === 'number' ? Math.max(most, minimum) : most;
}
