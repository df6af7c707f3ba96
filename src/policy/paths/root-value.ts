/** The value that a path's root stands for in one call. */
import type { Json } from '../../json.ts';
import type { CallFacts } from '../types.ts';
import type { Root } from './path.ts';

export function readRoot(root: Root): (facts: CallFacts) => Json | undefined {
  switch (root) {
    case 'args':
      return (facts) => facts.args;
    case 'tool.name':
      return (facts) => facts.tool.name;
    case 'tool.class':
      return (facts) => facts.tool.class;
    case 'grant.label':
      return (facts) => facts.grant.label;
    case 'grant.tags':
      return (facts) => facts.grant.tags;
    case 'client.name':
      return (facts) => facts.client.name;
    case 'time.utc':
      return (facts) => facts.now;
  }
}
