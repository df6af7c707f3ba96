import type { Json } from '../../json.ts';
import { showList } from '../values/show.ts';
import { ipIn } from './ip-in.ts';
import { negated } from './operator.ts';

export const ipNotIn = negated(ipIn, {
  describes: 'The IP address lies outside all of the CIDR blocks.',
  says: (texts) => `is an address outside ${showList(texts as readonly Json[])}`,
});
