/** Code in arguments is read before the verdict, which then need not wait. A call without code rules passes by untouched. */
import { setImmediate } from 'node:timers/promises';
import { Pace, type CodeVerdicts } from '../policy/index.ts';
import type { Call } from './call.ts';
import { callFacts } from './steps/decide.ts';

/** One for the process: it shares out the one event loop there is. */
export const CODE_PACE = new Pace(() => performance.now(), setImmediate);

/** Undefined: the call's policy reads no code of this tool. Never rejects: what cannot be read counts against the call. */
export function readCode(call: Call): Promise<void> | undefined {
  const { target } = call;
  const read = call.caller.grant.policy?.compiled.readCode;
  if (read === undefined || target.kind !== 'tool') return undefined;
  const reading = read(callFacts(call, target.tool), CODE_PACE);
  return reading === undefined ? undefined : keep(call, reading);
}

async function keep(call: Call, reading: Promise<CodeVerdicts>): Promise<void> {
  call.code = await reading;
}
