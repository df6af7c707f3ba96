import * as z from 'zod';
import { liesUnder, parseRoot, rootTrouble } from '../values/file-path.ts';
import { showList } from '../values/show.ts';
import { operator } from './operator.ts';
import { refinedText } from './refined-text.ts';

export const pathWithin = operator({
  describes: 'The file path lies under one of the directories, after "." and "..", both separators and percent-encoding are resolved. Links are not followed.',
  value: z.array(refinedText(rootTrouble)).min(1),
  compile: (texts) => {
    const roots = texts.map(parseRoot);
    return (value) => {
      if (typeof value !== 'string') return undefined;
      let result: boolean | undefined = false;
      for (const root of roots) {
        const inside = liesUnder(value, root);
        if (inside === true) return true;
        if (inside === undefined) result = undefined;
      }
      return result;
    };
  },
  says: (texts) => `is a path under ${showList(texts)}`,
});
