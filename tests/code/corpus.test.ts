import { describe, expect, it } from 'vitest';
import { compilePolicy, evaluate, Pace, parsePolicy } from '../../src/policy/index.ts';
import { CORPORA, readCodePolicy, readCorpus } from './read-corpus.ts';

/** No deadline: what is judged does not depend on the machine. */
const untimed = (): Pace =>
  new Pace(
    () => 0,
    () => Promise.resolve(),
  );

describe.each(CORPORA)('%s', async (language) => {
  const { document, tool, argument } = await readCodePolicy(language);
  const parsed = parsePolicy(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const policy = compilePolicy(parsed.document);
  const verdict = async (text: string) => {
    const facts = {
      tool: { name: tool, classes: ['Execute'] as const, class: 'Execute' as const },
      args: { [argument]: text },
      grant: { label: '', tags: [] },
      client: {},
      now: 0,
      hasSession: false,
    };
    const code = await policy.readCode!(facts, untimed());
    return evaluate(policy, { ...facts, code }, () => undefined);
  };

  it.each(['honest', 'evasions'] as const)('has 200 different texts: %s', async (kind) => {
    const texts = (await readCorpus(language, kind)).map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThanOrEqual(200);
  });

  it('lets every honest text through', async () => {
    const stopped: string[] = [];
    for (const { title, text } of await readCorpus(language, 'honest')) {
      const { outcome, message } = await verdict(text);
      if (outcome !== 'allow') stopped.push(`${title}: ${message}`);
    }
    expect(stopped).toEqual([]);
  });

  it('stops every evasion and names the line', async () => {
    const passed: string[] = [];
    for (const { title, text } of await readCorpus(language, 'evasions')) {
      const { outcome, message } = await verdict(text);
      if (outcome !== 'deny' || !/line \d+, column \d+: /.test(message)) passed.push(`${title}: ${message}`);
    }
    expect(passed).toEqual([]);
  });
});
