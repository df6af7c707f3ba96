import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openApi } from '../../src/api/openapi.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { ROOT } from '../kit/index.ts';
import { load } from '../parts/load.ts';

interface Validators {
  Validator: new () => { validate(document: object): Promise<{ valid: boolean; errors?: unknown }> };
}

const VALIDATOR = join(ROOT, 'tests/parts/node_modules/@seriousme/openapi-schema-validator/index.js');

it.skipIf(!existsSync(VALIDATOR))(
  'a public validator finds the OpenAPI document valid, and every route in it',
  async () => {
    const { Validator } = await load<Validators>(VALIDATOR);
    const document = openApi(ROUTES, { publicUrl: 'https://gate.example', version: '1.0.0' });
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
    const paths = document['paths'] as Record<string, object>;
    for (const { method, path } of ROUTES) expect(paths[path], path).toHaveProperty(method.toLowerCase());
    const answer = await new Validator().validate({ ...document, paths: { noSlash: {} } });
    expect(answer.valid).toBe(false);
  },
);
