/** Without a log there is no decision: when the log says that it cannot be written, nothing is judged. */
import { PortcullisError } from '../../errors.ts';
import type { JudgeStep } from '../call.ts';

export const refuseBlindly: JudgeStep = (_call, core) => {
  const { trouble } = core.log;
  return trouble === undefined
    ? undefined
    : { kind: 'error', error: new PortcullisError('PC_LOG_UNAVAILABLE', { detail: trouble }) };
};
