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
    grants: z
      .array(grantShape)
      .meta({ description: 'The 20 newest of which it is the first server; GET /grants?server= has all' }),
    grantCounts: z
      .array(
        z.strictObject({
          policyId: z.string().nullable(),
          total: z.int().meta({ description: 'Revoked and expired ones too' }),
          active: z.int().meta({ description: 'Neither revoked nor expired' }),
          ending: z.int().meta({ description: 'Active, but not for more than a week' }),
        }),
      )
      .meta({ description: 'How many grants reach the server, by the policy that they have on it' }),
  })
  .meta({ id: 'Inventory' });
