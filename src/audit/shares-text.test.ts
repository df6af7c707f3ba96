import { expect, it } from 'vitest';
import { isIntact, NO_HASH, openLine, readLine } from './line.ts';
import { LineBuffer } from './line-buffer.ts';
import { SharedText, StatedText } from './stated-text.ts';

const index = { kind: 'intent', id: 'call', at: 0, organization: 'o', outcome: 'allow', rule: '' } as const;

it('writes what lines share the same in each, wherever there is room', () => {
  const buffers = [new LineBuffer(), new LineBuffer()];
  const texts = Array.from(
    { length: 40 },
    (_, n) => new SharedText(`"id":"${n}","é":"${'ü'.repeat(n * 400)}"`),
  );
  let lines = 0;
  for (let round = 0; round < 6; round += 1) {
    for (const [n, shared] of texts.entries()) {
      const buffer = buffers[(n + round) % 3 === 0 ? 0 : 1]!;
      const opened = openLine(index, new StatedText(shared, `,"own":${round}`));
      const { piece, start, end } = buffer.add(opened, 'node-1', (lines += 1), NO_HASH);
      const line = piece.toString('utf8', start, end);
      expect(line.startsWith(`{"kind":"intent",${shared.text},"own":${round},"chain":`)).toBe(true);
      expect(isIntact(line, readLine(line)!)).toBe(true);
    }
  }
});
