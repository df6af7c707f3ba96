/** Guards `checkPolicy` against values that are not JSON, before anything descends into them. */
import type { Json } from '../../json.ts';
import { MOST_BYTES, MOST_LEVELS, numberTrouble } from './bounds.ts';
import type { Finding } from './places.ts';
import { pointerTo } from './pointer.ts';

/** Everything in the value that JSON, or a policy, cannot hold. Empty: it is a `Json` of plain objects within the bounds. */
export function findNonJson(value: unknown): Finding[] {
  const findings: Finding[] = [];
  let size = 0;
  const visit = (node: unknown, pointer: string, level: number): void => {
    size += 1;
    if (size > MOST_BYTES) return;
    if (level > MOST_LEVELS) findings.push({ pointer, message: `Expected at most ${MOST_LEVELS} levels of nesting.` });
    else if (typeof node === 'string') size += node.length;
    else if (typeof node === 'number') {
      const trouble = numberTrouble(node);
      if (trouble !== undefined) findings.push({ pointer, message: trouble });
    } else if (Array.isArray(node)) node.forEach((element, index) => visit(element, pointerTo(pointer, index), level + 1));
    else if (isPlainObject(node)) {
      for (const [name, member] of Object.entries(node)) {
        size += name.length;
        visit(member, pointerTo(pointer, name), level + 1);
      }
    } else if (node !== null && typeof node !== 'boolean') {
      findings.push({ pointer, message: 'Expected a JSON value that a double can hold.' });
    }
  };
  visit(value, '', 1);
  return size > MOST_BYTES ? [{ pointer: '', message: `Expected at most ${MOST_BYTES} bytes.` }] : findings;
}

function isPlainObject(node: unknown): node is Readonly<Record<string, Json>> {
  if (typeof node !== 'object' || node === null) return false;
  const prototype: unknown = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}
