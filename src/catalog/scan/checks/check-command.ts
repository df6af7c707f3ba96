/** How a server is started: through a shell, from a package that is known, or from whichever is newest. */
import { KNOWN_PACKAGES, type KnownPackage } from '../known-packages.ts';
import { makeFinding } from '../make-finding.ts';
import { program, readPackage, type RunPackage } from '../read-package.ts';
import type { Finding, SourcePlace, StatedServer } from '../types.ts';

const SHELLS = /^(?:sh|bash|zsh|dash|ksh|fish|cmd|powershell|pwsh)$/;
const PIPED =
  /\b(?:curl|wget|iwr|invoke-webrequest)\b[^|;&]{0,400}\|\s{0,4}(?:sudo\s{1,4})?(?:sh|bash|zsh|node|python3?|iex)\b|\b(?:bash|sh|source|\.)\s{1,3}<\(\s{0,3}(?:curl|wget)\b|\biex\b[^\n]{0,80}\b(?:iwr|downloadstring)\b|\beval\b[^\n]{0,40}\$\((?:curl|wget)/i;
const LOADERS: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  NODE_OPTIONS: /--(?:require|import|loader|experimental-loader|inspect)\b|(?:^|\s)-r\s/,
  LD_PRELOAD: /./,
  DYLD_INSERT_LIBRARIES: /./,
  PYTHONSTARTUP: /./,
  BASH_ENV: /./,
  GIT_SSL_NO_VERIFY: /^(?:1|true)$/i,
};

export function checkCommand({ target, places }: StatedServer): Finding[] {
  if (target.transport !== 'stdio') return [];
  const { command, env } = target;
  const whole = command.join(' ');
  const at = (index: number): SourcePlace | undefined =>
    places.get(index === 0 ? 'command' : `args/${index - 1}`) ?? places.get('command');
  const found: Finding[] = [];
  const script = shellScript(command);
  if (PIPED.test(whole))
    found.push(
      makeFinding('piped-download', 'configuration: command', whole.slice(0, 200), { source: at(0) }),
    );
  else if (script !== undefined)
    found.push(
      makeFinding('shell-command', 'configuration: command', script.slice(0, 200), { source: at(0) }),
    );
  const inner = script?.trim().split(/\s+/);
  const run = readPackage(inner ?? command);
  if (run !== undefined) found.push(...judgePackage(run, inner === undefined ? at(run.at) : at(0)));
  for (const [name, pattern] of Object.entries(LOADERS)) {
    const value = env[name];
    if (value === undefined || !pattern.test(value)) continue;
    const evidence = `${name}=${value.slice(0, 80)}`;
    const source = places.get(`env/${name}`);
    found.push(makeFinding('unsafe-variable', `configuration: env/${name}`, evidence, { source }));
  }
  return found;
}

/** What a shell is given to run; undefined when no shell reads the command. `cmd /c npx …` is how Windows starts npx. */
function shellScript(command: readonly string[]): string | undefined {
  const name = program(command[0]);
  if (!SHELLS.test(name)) return undefined;
  const flag = command.findIndex(
    (word, index) => index > 0 && /^(?:-\w*c|\/c|\/k|-command|-encodedcommand)$/i.test(word),
  );
  if (flag === -1) return undefined;
  const script = command.slice(flag + 1).join(' ');
  const plain = name === 'cmd' && command.length > flag + 2 && !/[&|<>^;]/.test(script);
  return plain ? undefined : script;
}

function judgePackage(run: RunPackage, source: SourcePlace | undefined): Finding[] {
  const place = `configuration: package ${run.name}`;
  const found: Finding[] = [];
  for (const known of KNOWN_PACKAGES) {
    if (known.registry !== run.registry || known.name !== run.name.toLowerCase()) continue;
    const { kind, what, since, source: said } = known;
    if (!affected(known, run)) continue;
    found.push(
      makeFinding(
        kind === 'malicious' ? 'known-malicious-package' : 'known-vulnerable-package',
        place,
        `${run.name}${run.version === undefined ? '' : ` ${run.version}`}: ${what} (${since}, ${said})`,
        { source, ...(known.before !== null && { remedy: `Use ${known.before} or later.` }) },
      ),
    );
  }
  if (run.pin === 'none')
    found.push(
      makeFinding('unpinned-package', place, `${run.registry} ${run.name}, ${run.version ?? 'no version'}`, {
        source,
      }),
    );
  if (run.pin === 'tag')
    found.push(
      makeFinding('unpinned-package', place, `the tag ${run.version} of ${run.name} can be moved`, {
        source,
        severity: 'low',
        remedy: 'Name the image by its digest: NAME@sha256:…',
      }),
    );
  return found;
}

/** A version that is not exact may be any; of a package that was only vulnerable, the newest is not. */
function affected({ from, before, kind }: KnownPackage, { version, pin }: RunPackage): boolean {
  if (pin !== 'exact' || version === undefined) return kind === 'malicious' || before === null;
  return (from === null || compare(version, from) >= 0) && (before === null || compare(version, before) < 0);
}

function compare(one: string, other: string): number {
  const parts = (version: string): number[] =>
    version.replace(/^v/, '').split(/[.+-]/).slice(0, 3).map(Number);
  const [left, right] = [parts(one), parts(other)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
