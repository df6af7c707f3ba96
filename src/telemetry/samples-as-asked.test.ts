import { ROOT_CONTEXT, SpanKind, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { expect, it } from 'vitest';
import type { TraceSettings } from './index.ts';
import { samplerOf } from './sampler.ts';

const LOW = `${'0'.repeat(31)}1`;
const HIGH = `${'0'.repeat(24)}ffffffff`;

const under = (traceFlags: TraceFlags): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId: LOW, spanId: '1'.repeat(16), traceFlags, isRemote: true });
const sampled = under(TraceFlags.SAMPLED);
const unsampled = under(TraceFlags.NONE);

it.each<[TraceSettings['sampler'], Context, string, boolean]>([
  ['always_on', unsampled, LOW, true],
  ['always_off', sampled, LOW, false],
  ['traceidratio', unsampled, LOW, true],
  ['traceidratio', sampled, HIGH, false],
  ['parentbased_always_on', ROOT_CONTEXT, LOW, true],
  ['parentbased_always_on', unsampled, LOW, false],
  ['parentbased_always_off', ROOT_CONTEXT, LOW, false],
  ['parentbased_always_off', sampled, LOW, true],
  ['parentbased_traceidratio', ROOT_CONTEXT, HIGH, false],
  ['parentbased_traceidratio', sampled, HIGH, true],
])('%s', (sampler, context, traceId, kept) => {
  const { decision } = samplerOf({ sampler, ratio: 0.5 }).shouldSample(
    context,
    traceId,
    'a',
    SpanKind.SERVER,
    {},
    [],
  );
  expect(decision === SamplingDecision.RECORD_AND_SAMPLED).toBe(kept);
});
