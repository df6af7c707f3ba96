/** The calls that all engines judge: half of them fit the policy of 20 tools, the others fail one of its three conditions. */
import { toolName } from '../load/messages.mjs';

export function callsFor(tools, count = 1000) {
  return Array.from({ length: count }, (_, index) => {
    const wrong = index % 6;
    return {
      tool: toolName(index % tools),
      args: {
        path: wrong === 1 ? `/etc/file-${index}` : `/srv/data/file-${index}`,
        amount: wrong === 3 ? 5000 + index : index % 1000,
        env: wrong === 5 ? 'production' : 'staging',
      },
      allowed: wrong % 2 === 0,
    };
  });
}
