import type { ContactMessageRow } from '../../store/index.ts';
import { timeText } from './values.ts';

/** A letter as the API and the command line show it. */
export function showContactMessage({ at, ...row }: ContactMessageRow) {
  const { id, ...rest } = row;
  return { id, at: timeText(at), ...rest };
}
