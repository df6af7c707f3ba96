import * as z from 'zod';
import { parseAddress, parseBlock, within, type Block } from '../values/ip.ts';
import { showList } from '../values/show.ts';
import { operator } from './operator.ts';
import { refinedText } from './refined-text.ts';

const block = refinedText((text) => {
  const parsed = parseBlock(text);
  return 'trouble' in parsed ? parsed.trouble : undefined;
});

export const ipIn = operator({
  describes: 'The IP address lies within one of the CIDR blocks; IPv4-mapped IPv6 addresses count as IPv4.',
  value: z.array(block).min(1),
  compile: (texts) => {
    const blocks = texts.map(parseBlock).filter((parsed): parsed is Block => 'network' in parsed);
    return (value) => {
      const address = typeof value === 'string' ? parseAddress(value) : undefined;
      return address === undefined ? undefined : blocks.some((candidate) => within(address, candidate));
    };
  },
  says: (texts) => `is an address within ${showList(texts)}`,
});
