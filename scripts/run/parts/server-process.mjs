/** What starting and stopping a server of our own has in common, whichever server it is. */
import { once } from 'node:events';

/** Resolves when the stream has `words`. @throws Error with what was printed when the server ends before that */
export function untilPrinted(server, stream, words) {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`it ended with exit code ${code}\n${printed}`)));
    stream.setEncoding('utf8').on('data', (text) => {
      printed = (printed + text).slice(-8192);
      if (printed.includes(words)) resolve();
    });
  });
}

/** Resolves when the server has ended. */
export async function end(server, signal) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}
