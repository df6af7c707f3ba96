/** Operational messages as JSON lines on standard error: standard output belongs to MCP when a server is wrapped. */
import { pino } from 'pino';
import type { Logger } from '../gateway/index.ts';

export function createLogger(level: string): Logger {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    debug: (details, text) => logger.debug(details, text),
    info: (details, text) => logger.info(details, text),
    warn: (details, text) => logger.warn(details, text),
    error: (details, text) => logger.error(details, text),
  };
}
