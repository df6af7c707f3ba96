/** What a row of the index holds beside its columns: JSON, written and read here only. */
import type { ToolClass } from '../../policy/index.ts';
import type { CatalogServerRow, CatalogToolRow } from '../../store/index.ts';
import { SEVERITIES } from '../classify/classify.ts';
import type { Severity, Signal } from '../types.ts';
import type { CatalogServer, CatalogTool, ToolHit } from './types.ts';

export type ServerFacts = Omit<CatalogServer, 'slug' | 'updatedAt'> & {
  /** All that any of its tools has. */
  readonly signals: readonly Signal[];
  /** Words of its tools' names, for searches. */
  readonly toolWords: string;
};

export type ToolFacts = Omit<CatalogTool, 'server' | 'name' | 'updatedAt'>;

/** A result list shows a hit without a look at the server's row. */
export type StoredHit = ToolHit;

export function serverOf(row: CatalogServerRow): CatalogServer {
  const { signals: _, toolWords: __, ...facts } = serverFacts(row);
  return { ...facts, slug: row.slug, updatedAt: row.updatedAt };
}

export function serverFacts(row: Pick<CatalogServerRow, 'facts'>): ServerFacts {
  return JSON.parse(row.facts) as ServerFacts;
}

export function toolOf(slug: string, row: CatalogToolRow): CatalogTool {
  return { ...toolFacts(row), server: slug, name: row.name, updatedAt: row.updatedAt };
}

export function toolFacts(row: Pick<CatalogToolRow, 'facts'>): ToolFacts {
  return JSON.parse(row.facts) as ToolFacts;
}

export function classOf({
  classOverride,
  assessment,
}: Pick<ToolFacts, 'classOverride' | 'assessment'>): ToolClass {
  return classOverride ?? assessment.class;
}

export function severityOf(tool: Pick<ToolFacts, 'classOverride' | 'assessment'>): Severity {
  return SEVERITIES[classOf(tool)];
}
