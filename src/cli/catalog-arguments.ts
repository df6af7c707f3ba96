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

function oneOf<One extends string>(known: readonly One[], text: string): One {
  const found = known.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError(`expected ${known.join(', ')}`);
  return found;
}
