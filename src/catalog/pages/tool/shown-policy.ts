import type { PolicyDocument } from '../../../policy/index.ts';
import { escapedBytes } from '../blocks/within-bytes.ts';
import { printPolicy } from '../../recommend/recommend.ts';

/** Bytes on the page. A page stays small; a policy is shown whole or not at all. */
const LARGEST = 6000;

/**
 * The policy as it is shown: the same document, with what cannot be seen spelled as JSON escapes, so that a reader sees
 * every character that will be in force. Undefined when it is too large for a page.
 */
export function shownPolicy(policy: PolicyDocument, largest = LARGEST): string | undefined {
  const text = printPolicy(policy).replace(/[\p{Cf}\p{Co}\p{Cn}\u007f-\u009f\u2028\u2029]/gu, (sign) =>
    [...Array(sign.length).keys()]
      .map((index) => `\\u${sign.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
  return text.length > largest || escapedBytes(text) > largest ? undefined : text;
}
