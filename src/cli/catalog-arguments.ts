/** Readers of what the catalogue is asked by. */
import { InvalidArgumentError } from 'commander';
import {
  SEVERITY_LEVELS,
  SIGNALS,
  TRANSPORTS,
  type Severity,
  type Signal,
  type Transport,
} from '../catalog/index.ts';
import { TOOL_CLASSES, type ToolClass } from '../policy/index.ts';

export const classOf = (text: string): ToolClass => oneOf(TOOL_CLASSES, text);
export const severityOf = (text: string): Severity => oneOf(SEVERITY_LEVELS, text);
export const signalOf = (text: string): Signal => oneOf(SIGNALS, text);
export const transportOf = (text: string): Transport => oneOf(TRANSPORTS, text);

/** The class of an override, as an argument of a command. */
export const OVERRIDE_ARGUMENT = [
  '[class]',
  'Read, Write, Execute, Destructive or Financial; without it the override is taken back',
] as const;

/** Null: it is taken back. */
export const overrideOf = (text: string | undefined): ToolClass | null =>
  text === undefined ? null : classOf(text);

function oneOf<One extends string>(known: readonly One[], text: string): One {
  const found = known.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError(`expected ${known.join(', ')}`);
  return found;
}
