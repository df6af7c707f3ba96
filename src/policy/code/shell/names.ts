const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

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

/** They run the text of an argument as commands. */
export const INTERPRETERS = words('sh bash dash ksh zsh ash rbash mksh fish');

/** Variables that change which commands run, or what they do. */
export const STEERING =
  /^(?:PATH|ENV|BASH.*|SHELLOPTS|PS[0-4]|PROMPT_COMMAND|CDPATH|GLOBIGNORE|HOME|SHELL|LD_.*|DYLD_.*|PYTHON.*|PERL.*|RUBY.*|NODE_.*|GIT_.*|.*PAGER|.*EDITOR|VISUAL|LESS.*|BROWSER|.*_OPTIONS|.*_proxy|.*_PROXY|LOCPATH|NLSPATH|TERMINFO.*|TERMCAP|GCONV_PATH|HOSTALIASES|RES_OPTIONS|MALLOC_.*|CLASSPATH|JAVA_.*|GO[A-Z]+|CC|CXX|MAKEFLAGS|AWKPATH|AWKLIBPATH|SSH_.*|RSYNC_.*|CURL_HOME|WGETRC|OPENSSL_.*|EXECIGNORE|FUNCNEST|HISTFILE|POSIXLY_CORRECT|UID|EUID|PPID)$/;

/** Commands that run another one, named by an argument; how many words stand before it beside options, and which options take a value. */
export const WRAPPERS: Readonly<Record<string, { readonly words: number; readonly valued: string }>> = {
  command: { words: 0, valued: '' },
  builtin: { words: 0, valued: '' },
  exec: { words: 0, valued: '-a' },
  nohup: { words: 0, valued: '' },
  nice: { words: 0, valued: '-n' },
  ionice: { words: 0, valued: '-c -n -p' },
  setsid: { words: 0, valued: '' },
  stdbuf: { words: 0, valued: '-i -o -e' },
  timeout: { words: 1, valued: '-s -k' },
  time: { words: 0, valued: '-f -o' },
  sudo: { words: 0, valued: '-u -g -h -p -C -T -r -t' },
  doas: { words: 0, valued: '-u -C' },
  env: { words: 0, valued: '-u -C' },
  busybox: { words: 0, valued: '' },
  toybox: { words: 0, valued: '' },
  xargs: { words: 0, valued: '-I -n -P -L -d -a -s -E' },
  watch: { words: 0, valued: '-n' },
  chroot: { words: 1, valued: '' },
  unshare: { words: 0, valued: '' },
  flock: { words: 1, valued: '-w' },
  strace: { words: 0, valued: '-e -o -p' },
  parallel: { words: 0, valued: '-j' },
  chronic: { words: 0, valued: '' },
};

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
