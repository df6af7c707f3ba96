import type { Logger } from '../gateway/index.ts';

/**
 * The last resort for a failure that nobody waited for: it is logged, and the calls of everybody else go on. An exception
 * outside of promises still ends the process, since nothing is known of its state then.
 */
export function outliveRejections(logger: Logger): void {
  process.on('unhandledRejection', (reason) =>
    logger.error(
      { error: reason instanceof Error ? reason.stack : String(reason) },
      'something failed that nobody waited for',
    ),
  );
}
