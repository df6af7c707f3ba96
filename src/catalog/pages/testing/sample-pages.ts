import type { Hono } from 'hono';
import type { AttackPattern } from '../../attacks/types.ts';
import type { CatalogReader } from '../../library/types.ts';
import { createCatalogPages, type ContactDesk } from '../index.ts';
import { memoryCatalog, type SampleServer } from './memory-catalog.ts';
import { SAMPLE_ATTACKS } from './sample-attacks.ts';
import { SAMPLES } from './samples.ts';

export const PUBLIC_URL = 'https://catalogue.example.com';

export interface SamplePages {
  readonly app: Hono;
  readonly reader: CatalogReader;
  /** The body of an answer that must be a success. */
  read(path: string): Promise<string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

interface Options {
  readonly servers?: readonly SampleServer[] | undefined;
  readonly attacks?: readonly AttackPattern[] | undefined;
  readonly contact?: ContactDesk | undefined;
  readonly publicUrl?: string | undefined;
}

/** The pages over a small index. */
export function samplePages({
  servers = SAMPLES,
  attacks = SAMPLE_ATTACKS,
  contact,
  publicUrl = PUBLIC_URL,
}: Options = {}): SamplePages {
  const reader = memoryCatalog(servers);
  const app = createCatalogPages({ reader, attacks, publicUrl, contact });
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    app.request(`${publicUrl}${path}`, { headers });
  return {
    app,
    reader,
    get,
    async read(path) {
      const response = await get(path);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      return response.text();
    },
  };
}
