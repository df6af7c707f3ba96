/** What a `code_within` condition permits without its author perhaps knowing. */
import type { Note } from '../normalise.ts';
import { into } from '../shape.ts';
import type { CodeRules } from './types.ts';

/** Listed, these permit more than their name says. @see docs/code-rules.md */
const WIDE: Readonly<Record<string, { readonly names: RegExp; readonly why: string }>> = {
  imports: {
    names:
      /^(?:os|sys|subprocess|importlib|builtins|ctypes|pickle|marshal|shutil|runpy|code|inspect|gc|multiprocessing|(?:node:)?(?:child_process|vm|fs|worker_threads|module))(?:[./]|$)/,
    why: 'reaches commands, files or the interpreter itself',
  },
  globals: {
    names:
      /^(?:eval|exec|compile|getattr|setattr|globals|locals|vars|open|__import__|Function|globalThis|window|self|process|require|Deno|Bun|Reflect|Proxy)$/,
    why: 'makes most of the other lists idle',
  },
  commands: {
    names:
      /^(?:(?:ba|da|z|k)?sh|eval|python3?|node|perl|ruby|php|ssh|sudo|env|xargs|find|git|make|tar|vi|vim|less|docker|kubectl|npm|npx)$/,
    why: 'can run other commands; what it runs is judged only where the text shows it',
  },
  functions: {
    names: /^(?:pg_read|pg_ls|lo_|dblink|load_|xp_|sp_|query_to_xml|readfile|writefile|sys_)/i,
    why: 'reads files, runs commands or runs text as SQL',
  },
  tables: { names: /^\*$/, why: 'means every table without a schema in its name' },
};

export function lintCode(rules: CodeRules, list: string, pointer: string, notes: Note[]): void {
  const at = into(pointer, 'value');
  if (list === 'deny_if')
    notes.push({
      pointer,
      message:
        'denies texts that stay within the lists and those that do not parse; require is probably meant',
    });
  for (const [member, { names, why }] of Object.entries(WIDE)) {
    const listed = rules[member as 'imports'] ?? [];
    for (const [index, name] of listed.entries())
      if (names.test(name)) notes.push({ pointer: into(into(at, member), index), message: `${name} ${why}` });
  }
  const network = (rules.globals ?? []).includes('fetch');
  if (network && rules.hosts === undefined)
    notes.push({ pointer: into(at, 'globals'), message: 'fetch may go anywhere: name the hosts' });
  if (rules.language === 'sql' && rules.dialect === undefined)
    notes.push({
      pointer: at,
      message: 'without a dialect, texts that dialects read differently are denied',
    });
}
