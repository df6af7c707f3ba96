import { z } from 'zod';
import { TOOL_CLASSES } from '../../policy/index.ts';
import { grantShape } from './grant.ts';
import { policyShape } from './policy.ts';
import { serverShape } from './server.ts';
import { time } from './values.ts';

export const inventoryShape = z
  .strictObject({
    server: serverShape,
    seenAt: time
      .nullable()
      .meta({ description: 'When the server last listed its tools; null when it never did' }),
    tools: z.array(
      z.strictObject({
        name: z.string(),
        class: z.enum(TOOL_CLASSES),
        classes: z.array(z.enum(TOOL_CLASSES)),
        severity: z.string(),
        drifted: z.boolean(),
      }),
    ),
    policies: z.array(policyShape),
    grants: z.array(grantShape),
  })
  .meta({ id: 'Inventory' });
