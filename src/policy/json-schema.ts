/** The published JSON Schema (2020-12) of the document, from the very shapes that check it. */
import { CONDITION_SCHEMA, documentShape, OPERAND_SCHEMA } from './document.ts';

const POLICY_SCHEMA_ID = 'https://portcullis.dev/schema/policy-1.json';

export function policyJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: POLICY_SCHEMA_ID,
    title: 'Portcullis policy, version 1',
    ...documentShape.schema,
    $defs: { condition: CONDITION_SCHEMA, operand: OPERAND_SCHEMA },
  };
}
