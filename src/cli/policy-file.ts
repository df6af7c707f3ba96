/** Reads a policy from a file. */
import { PortcullisError } from '../errors.ts';
import { parsePolicy, type PolicyDocument } from '../policy/index.ts';
import { readText } from './read-text.ts';

/** @throws PC_POLICY_INVALID with every problem, PC_CONFIG_INVALID when the file cannot be read */
export async function readPolicyFile(path: string): Promise<PolicyDocument> {
  const text = await readText(path).catch((cause: Error) => {
    throw new PortcullisError(
      'PC_CONFIG_INVALID',
      { detail: `${path} cannot be read (${cause.message})` },
      { cause },
    );
  });
  const parsed = parsePolicy(text);
  if (parsed.ok) return parsed.document;
  throw new PortcullisError('PC_POLICY_INVALID', {}, { problems: parsed.problems });
}
