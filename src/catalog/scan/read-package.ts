/** Which package a command line runs, when a runner fetches it. */

export interface RunPackage {
  readonly registry: 'npm' | 'pypi' | 'docker' | 'git';
  readonly name: string;
  /** What stands behind the name: a version, a tag, a digest; undefined when nothing does. */
  readonly version: string | undefined;
  /** Whether the same bytes run every time. */
  readonly pin: 'exact' | 'tag' | 'none';
  /** Index of the word in the command. */
  readonly at: number;
}

/** Options of runners that take a value in the next word. */
const VALUED = new Set(
  `-c --call -w --workspace --registry --cache --userconfig --prefix --python -p --index-url --extra-index-url --with
   --env-file -e --env -v --volume --mount --network --name -u --user --entrypoint -l --label --platform --pull --add-host
   --gpus --memory --cpus --workdir --hostname --publish --index --default-index --with-editable --directory --project`.split(
    /\s+/,
  ),
);

export function readPackage(words: readonly string[]): RunPackage | undefined {
  let start = 0;
  // `cmd /c npx …` and `env A=b npx …` only lead to the runner.
  if (/^cmd$/.test(program(words[0])) && /^\/c$/i.test(words[1] ?? '')) start = 2;
  if (program(words[start]) === 'env') {
    start += 1;
    while (/^\w+=/.test(words[start] ?? '')) start += 1;
  }
  const runner = program(words[start]);
  const next = words[start + 1];
  const after = (skip: number): number => start + skip;
  if (runner === 'npx' || runner === 'bunx' || runner === 'pnpx')
    return npm(words, after(1), ['-p', '--package']);
  if (
    (runner === 'npm' && (next === 'exec' || next === 'x')) ||
    (/^(?:pnpm|yarn)$/.test(runner) && next === 'dlx')
  )
    return npm(words, after(2), ['--package', '-p']);
  if (runner === 'bun' && next === 'x') return npm(words, after(2), []);
  if (runner === 'deno' && next === 'run') return deno(words, after(2));
  if (runner === 'uvx') return python(words, after(1), '--from');
  if (runner === 'uv' && next === 'tool' && words[start + 2] === 'run')
    return python(words, after(3), '--from');
  if (runner === 'pipx' && next === 'run') return python(words, after(2), '--spec');
  if ((runner === 'docker' || runner === 'podman') && next === 'run') return docker(words, after(2));
  return undefined;
}

export function program(word: string | undefined): string {
  return (word ?? '')
    .replace(/^.*[/\\]/, '')
    .replace(/\.(?:cmd|exe|bat|ps1)$/i, '')
    .toLowerCase();
}

function npm(words: readonly string[], from: number, flags: readonly string[]): RunPackage | undefined {
  const at = flagged(words, from, flags) ?? firstWord(words, from, flags);
  return at === undefined ? undefined : npmSpec(bare(words[at]!), at);
}

function npmSpec(spec: string, at: number): RunPackage | undefined {
  if (/^(?:\.{0,2}\/|file:|[A-Za-z]:\\)/.test(spec)) return undefined;
  if (/^(?:git|https?|github:)|^[\w.-]+\/[\w.-]+(?:#|$)/.test(spec)) return git(spec, at);
  const split = spec.lastIndexOf('@');
  const [name, version] = split > 0 ? [spec.slice(0, split), spec.slice(split + 1)] : [spec, undefined];
  const exact = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version ?? '');
  return { registry: 'npm', name, version, pin: exact ? 'exact' : 'none', at };
}

function deno(words: readonly string[], from: number): RunPackage | undefined {
  const at = words.findIndex((word, index) => index >= from && word.startsWith('npm:'));
  return at === -1 ? undefined : npmSpec(words[at]!.slice(4), at);
}

function python(words: readonly string[], from: number, flag: string): RunPackage | undefined {
  const at = flagged(words, from, [flag]) ?? firstWord(words, from, [flag]);
  if (at === undefined) return undefined;
  const spec = bare(words[at]!);
  if (/^(?:\.{0,2}\/|file:)/.test(spec)) return undefined;
  if (/^(?:git\+|https?:)/.test(spec)) return git(spec, at);
  const [, name = spec, operator, version] =
    /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:(==|===|@|>=|~=|<=|<|>|!=)(.+))?$/.exec(spec) ?? [];
  const exact = /^={2,3}$|^@$/.test(operator ?? '') && /^\d[\w.!+]*$/.test(version ?? '');
  return {
    registry: 'pypi',
    name: name.toLowerCase().replace(/[._]/g, '-'),
    version,
    pin: exact ? 'exact' : 'none',
    at,
  };
}

function docker(words: readonly string[], from: number): RunPackage | undefined {
  const at = firstWord(words, from, []);
  if (at === undefined) return undefined;
  const [, name = '', tag, digest] =
    /^(.+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(words[at]!) ?? [];
  const pin = digest !== undefined ? 'exact' : tag === undefined || tag === 'latest' ? 'none' : 'tag';
  return { registry: 'docker', name, version: digest ?? tag, pin, at };
}

function git(spec: string, at: number): RunPackage {
  const commit = /[#@]([0-9a-f]{40})\b/.exec(spec)?.[1];
  return { registry: 'git', name: spec, version: commit, pin: commit === undefined ? 'none' : 'exact', at };
}

/** The word that a flag gives the package in: `-p x`, `--package=x`. */
function flagged(words: readonly string[], from: number, flags: readonly string[]): number | undefined {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at]!;
    if (flags.includes(word) && at + 1 < words.length) return at + 1;
    if (flags.some((flag) => word.startsWith(`${flag}=`))) return at;
  }
  return undefined;
}

function firstWord(words: readonly string[], from: number, flags: readonly string[]): number | undefined {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at]!;
    if (word === '--') return at + 1 < words.length ? at + 1 : undefined;
    if (!word.startsWith('-')) return at;
    if (VALUED.has(word) && !flags.includes(word)) at += 1;
  }
  return undefined;
}

function bare(word: string): string {
  return word.startsWith('--') ? word.slice(word.indexOf('=') + 1) : word;
}
