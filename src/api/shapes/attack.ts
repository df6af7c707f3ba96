/** How a policy fares against the attack patterns. */
import { z } from 'zod';

const outcome = z.enum(['stopped', 'limited', 'got through', 'does not fit']);

const playedStep = z.strictObject({
  tool: z.string(),
  outcome,
  tried: z.int().meta({ description: 'Calls that the attack makes' }),
  passed: z.int().meta({ description: 'Calls that got through' }),
  rule: z.string().meta({ description: 'JSON Pointer into the canonical policy, or a label in parentheses' }),
  message: z.string(),
  arguments: z.unknown().optional(),
});

export const coverageShape = z
  .strictObject({
    fits: z.int().meta({ description: 'Patterns that the tools can be used for' }),
    stopped: z.int(),
    limited: z.int(),
    gotThrough: z.int(),
    results: z.array(
      z.strictObject({
        slug: z.string(),
        title: z.string(),
        outcome,
        decidedBy: z.int().optional().meta({ description: 'Index of the step that decided' }),
        steps: z.array(playedStep),
      }),
    ),
  })
  .meta({ id: 'AttackCoverage' });
