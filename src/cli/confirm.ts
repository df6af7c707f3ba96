import { confirm as ask, isCancel } from '@clack/prompts';

/** A question on the terminal, on standard error. No, and giving up, are no. */
export async function confirm(question: string): Promise<boolean> {
  const answer = await ask({ message: question, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}
