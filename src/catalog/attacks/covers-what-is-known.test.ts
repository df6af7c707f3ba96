import { describe, expect, it } from 'vitest';
import { TOOL_CLASSES, type PolicyDocument } from '../../policy/index.ts';
import { CODEFORGE_TOOLS, ORGO_TOOLS, type SampleTool } from '../classify/sample-tools.ts';
import { assessTools } from '../recommend/assess-tools.ts';
import { recommendServer } from '../recommend/recommend.ts';
import { SIGNALS } from '../types.ts';
import { ATTACKS, playAll } from './index.ts';

const slugs = ATTACKS.map(({ slug }) => slug);

it('every pattern has an address of its own', () => {
  expect(new Set(slugs).size).toBe(slugs.length);
  for (const slug of slugs) expect(slug).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});

it('every class and every signal is used by some pattern', () => {
  expect(TOOL_CLASSES.filter((one) => !ATTACKS.some(({ classes }) => classes.includes(one)))).toEqual([]);
  expect(SIGNALS.filter((one) => !ATTACKS.some(({ signals }) => signals.includes(one)))).toEqual([]);
});

it('published lists are covered whole', () => {
  const references = new Set(ATTACKS.flatMap((one) => one.references));
  const missing = [
    ...Array.from({ length: 10 }, (_, index) => `OWASP MCP${String(index + 1).padStart(2, '0')}:2025`),
    ...Array.from({ length: 12 }, (_, index) => `CoSAI MCP-T${index + 1}`),
  ].filter((one) => !references.has(one));
  expect(missing).toEqual([]);
});

describe.each([
  ['a server of computers', ORGO_TOOLS],
  ['a server for code', CODEFORGE_TOOLS],
])('%s', (_, samples: readonly SampleTool[]) => {
  const tools = assessTools(samples.map(({ definition }) => definition));
  const against = (policy: PolicyDocument) => {
    const { fits, results, ...rest } = playAll(ATTACKS, policy, tools);
    const through = results.filter(({ outcome }) => outcome === 'got through').map(({ slug }) => slug);
    return { fits, through, ...rest };
  };

  it('is open to everything that fits, where everything is allowed', () => {
    const { fits, gotThrough, stopped, limited } = against({ version: '1', default: 'allow' });
    expect(fits).toBeGreaterThan(20);
    expect({ gotThrough, stopped, limited }).toEqual({ gotThrough: fits, stopped: 0, limited: 0 });
  });

  it('is closed to everything, where everything is denied', () => {
    const { fits, stopped } = against({ version: '1', default: 'deny' });
    expect(stopped).toBe(fits);
  });

  it('under the strict recommendation lets through only what its owner must decide', () => {
    // Which results hold secrets, how large they may be, whose accounts and which names are meant: nothing in a definition says so.
    const owners = ['context-flooding', 'secrets-in-results', 'confused-deputy', 'command-injection'];
    const { through } = against(recommendServer(tools, 'strict'));
    expect(through.filter((slug) => !owners.includes(slug))).toEqual([]);
  });

  it('is better off the stricter the recommendation', () => {
    const gaps = (['observe', 'balanced', 'strict'] as const).map(
      (strength) => against(recommendServer(tools, strength)).gotThrough,
    );
    expect(gaps).toEqual(gaps.toSorted((a, b) => b - a));
    expect(gaps[2]).toBeLessThan(gaps[1]!);
  });
});
