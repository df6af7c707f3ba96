import { ExportResultCode } from '@opentelemetry/core';
import { createExporter } from './exporter.ts';
import type { TraceSettings } from './read-settings.ts';

/** Long enough for one more try. */
const WAIT_MS = 3000;

export async function askCollector(settings: TraceSettings): Promise<string | undefined> {
  const exporter = createExporter({ ...settings, timeoutMs: Math.min(settings.timeoutMs, WAIT_MS) });
  const { code, error } = await new Promise<{ code: ExportResultCode; error?: Error }>((resolve) =>
    exporter.export([], resolve),
  );
  await exporter.shutdown();
  if (code === ExportResultCode.SUCCESS) return undefined;
  const status = (error as { code?: unknown } | undefined)?.code;
  return [status, error?.message].filter((part) => part !== undefined && part !== '').join(' ');
}
