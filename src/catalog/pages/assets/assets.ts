/** Files that pages need. Their names hold what is in them, so that a browser keeps them for good. */
import { createHash } from 'node:crypto';
import { CATALOG } from '../page-paths.ts';
import { BASE_STYLE } from './base-style.ts';
import { COPY_SCRIPT } from './copy-script.ts';
import { ICON } from './icon.ts';
import { PART_STYLE } from './part-style.ts';
import { PRINT_STYLE } from './print-style.ts';

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

/** No slug begins with a hyphen. */
const ASSET_FOLDER = `${CATALOG}/-`;

export const ASSETS = {
  style: asset('style', 'css', 'text/css; charset=utf-8', BASE_STYLE + PART_STYLE + PRINT_STYLE),
  script: asset('copy', 'js', 'text/javascript; charset=utf-8', COPY_SCRIPT),
  icon: asset('icon', 'svg', 'image/svg+xml', ICON),
} as const;

function asset(name: string, ending: string, type: string, content: string): Asset {
  const digest = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  return { path: `${ASSET_FOLDER}/${name}-${digest}.${ending}`, type, content };
}
