import { expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import type { ToolClass } from '../../policy/index.ts';
import { knownTool, type ToolParts } from './known-tool.ts';

const SAYS = { annotations: { idempotentHint: true } };
const believed = (
  value: JsonObject,
  classes: readonly ToolClass[],
  more: Partial<ToolParts> = {},
): boolean => {
  const assessment = { class: classes.at(-1)!, classes };
  const parts = {
    name: 't',
    value,
    text: '',
    digest: 'd',
    pinnedDigest: 'd',
    assessment,
    override: undefined,
  };
  return knownTool({ ...parts, ...more }).facts.idempotent === true;
};

it('takes the word of a tool that only writes that repeating changes nothing', () => {
  expect(believed(SAYS, ['Write'])).toBe(true);
  expect(believed(SAYS, ['Read', 'Write'])).toBe(true);
});

it.each([
  ['says nothing', {}, ['Write']],
  ['says no', { annotations: { idempotentHint: false } }, ['Write']],
  ['says it in another type', { annotations: { idempotentHint: 'true' } }, ['Write']],
  ['has odd annotations', { annotations: [true] }, ['Write']],
  ['says that it destroys', { annotations: { idempotentHint: true, destructiveHint: true } }, ['Write']],
  ['runs code', SAYS, ['Write', 'Execute']],
  ['destroys', SAYS, ['Destructive']],
  ['pays', SAYS, ['Write', 'Financial']],
] satisfies [string, JsonObject, ToolClass[]][])('does not where it %s', (_, value, classes) => {
  expect(believed(value, classes)).toBe(false);
});

it('does not where the owner has said what it is, nor where the definition is not the accepted one', () => {
  expect(believed(SAYS, ['Write'], { override: 'Write' })).toBe(false);
  expect(believed(SAYS, ['Write'], { pinnedDigest: 'before' })).toBe(false);
});
