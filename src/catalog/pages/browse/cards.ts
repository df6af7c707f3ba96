import type { CatalogServer, ToolHit } from '../../library/types.ts';
import { cleanText } from '../clean-text.ts';
import { chip, foreign } from '../blocks/make.ts';
import type { Card } from '../blocks/types.ts';
import { serverPath } from '../page-paths.ts';
import { described } from '../tool/description.ts';
import { toolCard } from '../tool/related-tools.ts';
import { SIGNAL_WORDS } from '../words/signals.ts';
import { count } from '../words/numbers.ts';
import { serverTitle } from '../words/server-name.ts';

export function serverCard(server: CatalogServer): Card {
  const { slug, severity, toolCount } = server;
  const { lead } = described(server.title, server.description?.slice(0, 600) ?? null);
  return {
    href: serverPath(slug),
    title: foreign(serverTitle(server), 80),
    chips: [
      ...(severity === null ? [] : [chip(severity, severity)]),
      chip('plain', toolCount === 0 ? 'tools not read yet' : count(toolCount, 'tool')),
    ],
    ...(lead !== undefined && { note: foreign(lead, 160) }),
  };
}

export function hitCard(hit: ToolHit): Card {
  const signals = hit.signals.slice(0, 3).map((one) => SIGNAL_WORDS[one].label.toLowerCase());
  const where = cleanText(hit.server.title, 60) || hit.server.slug.slice(0, 60);
  return {
    ...toolCard(hit.server.slug, hit),
    note: [foreign(where), signals.length === 0 ? '' : ` · ${signals.join(', ')}`],
  };
}
