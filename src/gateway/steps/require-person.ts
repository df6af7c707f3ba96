/** At a server where everybody signs in for themself, a call whose person has not done so goes no further. */
import { refusalOf } from '../personal-upstreams.ts';
import type { JudgeStep } from '../call.ts';

export const requirePerson: JudgeStep = ({ caller: { server, grant } }) => {
  const error = refusalOf(server, grant);
  return error === undefined ? undefined : { kind: 'error', error };
};
