import type { Json } from '../../json.ts';
import { showList } from '../values/show.ts';
import { negated } from './operator.ts';
import { urlHostIn } from './url-host-in.ts';

export const urlHostNotIn = negated(urlHostIn, {
  describes: 'The URL names none of the hosts.',
  says: (patterns) => `is a URL of a host other than ${showList(patterns as readonly Json[])}`,
});
