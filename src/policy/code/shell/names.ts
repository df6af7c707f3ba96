const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words of the grammar. */
export const RESERVED = words(
  'if then elif else fi for while until do done case esac in { } ! [[ function select coproc time',
);

/** Special built-ins: some shells take them before a function of that name. */
export const SPECIAL = words(
  'break continue eval exec exit export readonly return set shift times trap unset',
);

/** Built-ins that only steer the text itself, or print. */
export const HARMLESS =
  words(`: true false test [ echo printf pwd cd read break continue return exit shift local declare typeset
  readonly export unset set wait let getopts type mapfile readarray shopt umask trap command builtin exec`);

/** The programs of the same name as harmless built-ins, behind `xargs` and the like. */
export const HARMLESS_PROGRAMS = words('true false test [ echo printf pwd');

/** Never, whatever the policy lists: they run text that is not seen, or change what names mean. */
export const NEVER = words(
  'source . alias unalias enable hash bind complete compgen compopt fc history disown suspend coproc',
);

/** They run the text of an argument as commands, which is read as the text around it is. */
export const INTERPRETERS = words('sh bash dash ash rbash');

/** Shells that read more, or something else, in the same text: what runs through them is not seen. */
export const OTHER_SHELLS = words(
  'ksh ksh93 mksh lksh oksh pdksh zsh fish csh tcsh yash posh elvish nu xonsh pwsh',
);

/** Variables that change which commands run, or what they do. */
export const STEERING =
  /^(?:PATH|ENV|BASH.*|SHELLOPTS|PS[0-4]|PROMPT_COMMAND|CDPATH|GLOBIGNORE|HOME|SHELL|LD_.*|DYLD_.*|PYTHON.*|PERL.*|RUBY.*|NODE_.*|GIT_.*|.*PAGER|.*EDITOR|VISUAL|LESS.*|BROWSER|.*_OPTIONS|.*_proxy|.*_PROXY|LOCPATH|NLSPATH|TERMINFO.*|TERMCAP|GCONV_PATH|HOSTALIASES|RES_OPTIONS|MALLOC_.*|CLASSPATH|JAVA_.*|GO[A-Z]+|CC|CXX|MAKEFLAGS|AWKPATH|AWKLIBPATH|SSH_.*|RSYNC_.*|CURL_HOME|WGETRC|OPENSSL_.*|EXECIGNORE|FUNCNEST|HISTFILE|POSIXLY_CORRECT|UID|EUID|PPID)$/;

/** A command that runs another one, named by an argument. Options that are not named here do not hold. */
export interface Wrapper {
  /** How many words stand before the command, beside options. */
  readonly words: number;
  /** Letters of options without a value, and with one: joined, or the next word. */
  readonly plain: string;
  readonly valued: string;
  /** Long options; those with a `=` are only read with their value joined. */
  readonly long?: ReadonlySet<string>;
}

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  command: { words: 0, plain: 'p', valued: '' },
  builtin: { words: 0, plain: '', valued: '' },
  exec: { words: 0, plain: 'cl', valued: 'a' },
  nohup: { words: 0, plain: '', valued: '' },
  nice: { words: 0, plain: '', valued: 'n', long: words('--adjustment=') },
  ionice: { words: 0, plain: 't', valued: 'cn', long: words('--class= --classdata= --ignore') },
  setsid: { words: 0, plain: 'cfw', valued: '', long: words('--ctty --fork --wait') },
  stdbuf: { words: 0, plain: '', valued: 'ioe', long: words('--input= --output= --error=') },
  timeout: {
    words: 1,
    plain: 'fpv',
    valued: 'sk',
    long: words('--foreground --preserve-status --verbose --signal= --kill-after='),
  },
  time: { words: 0, plain: 'pv', valued: 'f', long: words('--portability --verbose --format=') },
  sudo: { words: 0, plain: 'nEHkS', valued: 'ugp', long: words('--non-interactive --user= --group=') },
  doas: { words: 0, plain: 'n', valued: 'u' },
  env: { words: 0, plain: 'i0v', valued: 'uC', long: words('--ignore-environment --null --unset= --chdir=') },
  busybox: { words: 0, plain: '', valued: '' },
  toybox: { words: 0, plain: '', valued: '' },
  xargs: {
    words: 0,
    plain: '0rtx',
    valued: 'InPLdasE',
    long: words(
      '--null --no-run-if-empty --verbose --exit --arg-file= --delimiter= --eof= --replace --replace= --max-lines= --max-args= --max-procs= --max-chars=',
    ),
  },
  watch: { words: 0, plain: 'bcdegptx', valued: 'n', long: words('--interval= --no-title --differences') },
  chroot: { words: 1, plain: '', valued: '' },
  unshare: { words: 0, plain: 'muinpUCTrfc', valued: '' },
  flock: { words: 1, plain: 'senuox', valued: 'wE' },
  strace: { words: 0, plain: 'fqtTvxyckr', valued: 'esp' },
  parallel: { words: 0, plain: 'kq', valued: 'jnN' },
  chronic: { words: 0, plain: 've', valued: '' },
};

/** They put their words together and have a shell read the line. */
export const LINE_MAKERS = words('watch parallel');

/** The long ones, which may be shortened. */
export const RUNNING_LONG_OPTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  tar: words(
    '--to-command --checkpoint-action --use-compress-program --rsh-command --info-script --new-volume-script --rmt-command',
  ),
  sort: words('--compress-program'),
  split: words('--filter'),
  rsync: words('--rsh --rsync-path'),
  git: words(
    '--config-env --exec-path --upload-pack --receive-pack --exec --ext-diff --template --open-files-in-pager',
  ),
  zip: words('--unzip-command'),
  curl: words('--config'),
  wget: words('--execute --use-askpass --config'),
  man: words('--pager --html'),
  make: words('--file --makefile --eval'),
  date: words('--set --file'),
  file: words('--magic-file'),
};

/** Behind `xargs` they may be given options that nobody sees: running commands, writing files. After `--` there are none. */
export const OPEN_TO_OPTIONS = words(
  'tar sort shuf split rsync git zip curl wget ssh man make jq date file sed uniq',
);

/** Options by which otherwise plain commands run others or read their orders from elsewhere. */
export const RUNNING_OPTIONS: Readonly<Record<string, RegExp>> = {
  tar: /^(?:--to-command|--checkpoint-action|--use-compress-program|--rsh-command|--info-script|--new-volume-script|-[a-zA-Z]*[IF])/,
  sort: /^--compress-program/,
  split: /^--filter/,
  rsync: /^(?:-[a-zA-Z]*e|--rsh|--rsync-path)/,
  git: /^(?:-c$|--config-env|--exec-path|--upload-pack|--receive-pack|-u$|--exec|--ext-diff|-x$|--template|--open-files-in-pager|-O|ext::)/,
  zip: /^(?:-TT|--unzip-command|-T)/,
  curl: /^(?:-K|--config)/,
  wget: /^(?:-e|--execute|--use-askpass|--config)/,
  ssh: /^-o|^-F/,
  man: /^(?:-P|-H|--pager|--html)/,
  make: /^(?:-f|--file|--makefile|-C|--eval|[A-Z_]+=)/,
  grep: /^$/,
  jq: /^(?:-L|--from-file|-f$)/,
  date: /^(?:-s|--set|-f|--file)/,
  file: /^(?:-m|-C|--magic-file)/,
  less: /^/,
  more: /^/,
  vi: /^/,
  vim: /^/,
  ed: /^/,
};
