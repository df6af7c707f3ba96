import { makeFinding } from '../make-finding.ts';
import type { Finding, StatedServer } from '../types.ts';
import { masked, secretIn } from './secrets.ts';
import { secretsInUrl } from './url-secrets.ts';

/** Secrets that stand in a configuration as they are. */
export function checkSecrets({ target, places }: StatedServer): Finding[] {
  const found: Finding[] = [];
  const look = (place: string, value: string, name: string): void => {
    const source = places.get(place);
    const inUrl = secretsInUrl(value);
    for (const what of inUrl)
      found.push(makeFinding('secret-in-url', `configuration: ${place}`, what, { source }));
    if (inUrl.length > 0 || URL.canParse(value)) return;
    const secret = secretIn(value, name);
    if (secret === undefined) return;
    const evidence = `${name === '' ? '' : `${name}: `}${secret.why}, ${masked(value)}`;
    found.push(
      makeFinding('secret-in-configuration', `configuration: ${place}`, evidence, {
        source,
        severity: secret.sure ? 'high' : 'medium',
      }),
    );
  };
  if (target.transport === 'stdio') {
    for (const [name, value] of Object.entries(target.env)) look(`env/${name}`, value, name);
    for (const [index, word] of target.command.entries()) {
      if (index === 0 || word.includes('@sha256:')) continue;
      const [, flag = '', value = word] = /^(?:--?)?([A-Za-z][\w-]{0,60})=(.+)$/s.exec(word) ?? [];
      const before = /^--?([\w-]+)$/.exec(target.command[index - 1] ?? '')?.[1] ?? '';
      look(`args/${index - 1}`, value, (flag === '' ? before : flag).replaceAll('-', '_'));
    }
  } else {
    look('url', target.url, '');
    for (const [name, value] of Object.entries(target.headers))
      look(`headers/${name}`, value, name.replaceAll('-', '_'));
  }
  return found;
}
