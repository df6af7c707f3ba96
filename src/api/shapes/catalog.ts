/** Servers and tools of the catalogue, as the API shows them. */
import { z } from 'zod';
import {
  assessedTool,
  recommend,
  recommendServer,
  SEVERITY_LEVELS,
  SIGNALS,
  TRANSPORTS,
  type CatalogServer,
  type CatalogTool,
} from '../../catalog/index.ts';
import { TOOL_CLASSES } from '../../policy/index.ts';
import { time, timeText } from './values.ts';

export const toolClass = z.enum(TOOL_CLASSES);
const severity = z.enum(SEVERITY_LEVELS);
const signals = z.array(z.enum(SIGNALS));
const counts = z.object(Object.fromEntries(TOOL_CLASSES.map((one) => [one, z.int()])));
const policy = z.unknown().meta({ description: 'The recommended policy, balanced' });

export const catalogFacets = {
  class: toolClass.optional(),
  severity: severity.optional(),
  signal: z.enum(SIGNALS).optional(),
  transport: z.enum(TRANSPORTS).optional(),
  language: z.string().max(40).optional(),
};

export const catalogServerShape = z
  .strictObject({
    slug: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    version: z.string().nullable(),
    transports: z.array(z.enum(TRANSPORTS)),
    language: z.string().nullable(),
    packages: z.array(
      z.strictObject({ registry: z.string(), name: z.string(), version: z.string().nullable() }),
    ),
    remotes: z.array(z.strictObject({ type: z.enum(TRANSPORTS), url: z.string() })),
    homepage: z.string().nullable(),
    repository: z.string().nullable(),
    uses: z.number().nullable().meta({ description: 'Downloads in a month, where a source tells' }),
    provenance: z.array(
      z.strictObject({ source: z.string(), url: z.string().nullable(), at: time, gave: z.array(z.string()) }),
    ),
    toolCount: z.int(),
    classes: counts.meta({ description: 'How many of its tools have each class' }),
    severity: severity.nullable().meta({ description: 'The gravest of its tools' }),
    updatedAt: time,
  })
  .meta({ id: 'CatalogServer' });

export const toolHitShape = z
  .strictObject({
    server: z.strictObject({ slug: z.string(), title: z.string() }),
    name: z.string(),
    title: z.string().nullable(),
    class: toolClass,
    severity,
    signals,
  })
  .meta({ id: 'CatalogToolHit' });

export const serverDetailShape = z
  .strictObject({
    ...catalogServerShape.shape,
    tools: z.array(toolHitShape.omit({ server: true })),
    policy,
  })
  .meta({ id: 'CatalogServerDetail' });

export const toolDetailShape = z
  .strictObject({
    ...toolHitShape.omit({ server: true }).shape,
    server: z.string(),
    description: z.string().nullable(),
    parameters: z.array(z.strictObject({ name: z.string(), type: z.string(), required: z.boolean() })),
    classes: z.array(toolClass),
    classOverride: toolClass.nullable(),
    confidence: z.number(),
    evidence: z.array(
      z.strictObject({ place: z.string(), words: z.string(), says: z.string(), weight: z.number() }),
    ),
    definition: z.unknown(),
    policy,
    updatedAt: time,
  })
  .meta({ id: 'CatalogTool' });

export function showCatalogServer(server: CatalogServer) {
  return {
    ...server,
    provenance: server.provenance.map((one) => ({ ...one, at: timeText(one.at) })),
    updatedAt: timeText(server.updatedAt),
  };
}

export function showServerDetail(server: CatalogServer, tools: readonly CatalogTool[]) {
  return {
    ...showCatalogServer(server),
    tools: tools.map(hit),
    policy: recommendServer(tools.map(assessedTool)),
  };
}

export function showToolDetail(tool: CatalogTool) {
  const { server, description, parameters, assessment, classOverride, definition, updatedAt } = tool;
  const { classes, confidence, evidence } = assessment;
  const assessed = assessedTool(tool);
  return {
    ...hit(tool),
    server,
    description,
    parameters,
    classes,
    classOverride,
    confidence,
    evidence,
    definition,
    policy: recommend(assessed.definition, assessed.assessment),
    updatedAt: timeText(updatedAt),
  };
}

function hit(tool: CatalogTool) {
  const { assessment } = assessedTool(tool);
  return {
    name: tool.name,
    title: tool.title,
    class: assessment.class,
    severity: assessment.severity,
    signals: assessment.signals,
  };
}
