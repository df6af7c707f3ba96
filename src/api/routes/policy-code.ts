import { z } from 'zod';
import { CODE_PACE } from '../../gateway/index.ts';
import { judgeCode, MOST_CODE_BYTES, parseCodeRules } from '../../policy/index.ts';
import { route } from '../contract.ts';
import { jsonObject } from '../shapes/values.ts';

const codeInput = z.strictObject({
  text: z.string().max(MOST_CODE_BYTES),
  rules: jsonObject.meta({ description: 'The value of a `code_within` condition' }),
});

const codeVerdict = z
  .strictObject({
    holds: z.boolean().nullable().meta({ description: 'null: it does not parse, or could not be read' }),
    objections: z.array(
      z.strictObject({
        from: z.int().meta({ description: 'Offset in UTF-16 code units' }),
        to: z.int().meta({ description: 'Exclusive' }),
        line: z.int(),
        column: z.int(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'CodeVerdict' });

export const policyCodeRoutes = [
  route(
    {
      method: 'POST',
      path: '/policies/code',
      role: 'viewer',
      summary: 'What a code_within rule objects to in a text',
      body: codeInput,
      status: 200,
      answer: codeVerdict,
    },
    async ({ body: { text, rules } }) => {
      const { holds = null, objections } = await judgeCode(text, parseCodeRules(rules), CODE_PACE);
      return { body: { holds, objections: [...objections] } };
    },
  ),
];
