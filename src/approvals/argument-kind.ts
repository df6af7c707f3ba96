/** What an argument is to a reader: code of some language, SQL, a URL, plain text. A guess for display; no rule depends on it. */
import type { Json, JsonObject } from '../json.ts';

export type Language = 'python' | 'javascript' | 'typescript' | 'shell' | 'sql';

export interface ArgumentKind {
  readonly kind: 'code' | 'sql' | 'url' | 'path' | 'text' | 'json';
  readonly language?: Language;
}

const NAMES: readonly (readonly [RegExp, Language | undefined])[] = [
  [/^(sql|sql_?query|statement)$/i, 'sql'],
  [/^(cmd|command|shell|bash|sh)$/i, 'shell'],
  [/^(python|py)(_?code)?$/i, 'python'],
  [/^(javascript|js)(_?code)?$/i, 'javascript'],
  [/^(typescript|ts)(_?code)?$/i, 'typescript'],
  [/^(code|script|source|program|snippet|expression|query)$/i, undefined],
];

const SIGNS: readonly (readonly [RegExp, Language])[] = [
  [
    /^\s*(with\b[\s\S]{1,200}\bas\s*\(|select|insert\s+into|update\s+\S+\s+set|delete\s+from|create\s+(table|view|index)|drop\s+|alter\s+|truncate\s+|grant\s+)/i,
    'sql',
  ],
  [/^#!.*\bpython|^\s*(import \w+$|from [\w.]+ import |def \w+\(.*\):|class \w+.*:$|print\()/m, 'python'],
  [/^\s*(interface \w+ \{|type \w+ =)|:\s*(string|number|boolean)\b.*[;,)=]/m, 'typescript'],
  [
    /^\s*(const |let |var |import .* from ['"]|export |async function |function \w+\()|=>|console\.log\(/m,
    'javascript',
  ],
  [/^#!.*\b(ba|z|)sh\b|^\s*(cd|ls|cat|rm|curl|wget|sudo|git|npm|echo|grep|export) /m, 'shell'],
];

/** @param args the whole of the arguments: a sibling may name the language */
export function argumentKind(name: string, value: Json, args: JsonObject): ArgumentKind {
  if (typeof value !== 'string') return { kind: 'json' };
  const named = NAMES.find(([pattern]) => pattern.test(name));
  if (named !== undefined) {
    const language = named[1] ?? saidLanguage(args) ?? signs(value);
    if (language === 'sql') return { kind: 'sql', language };
    if (language !== undefined) return { kind: 'code', language };
    if (/^query$/i.test(name)) return { kind: 'text' };
    return { kind: 'code' };
  }
  if (/^https?:\/\/\S+$/i.test(value)) return { kind: 'url' };
  if (/path|file|dir/i.test(name) && /^[^\n]{1,1000}$/.test(value)) return { kind: 'path' };
  const language = value.includes('\n') ? signs(value) : undefined;
  if (language === undefined) return { kind: 'text' };
  return language === 'sql' ? { kind: 'sql', language } : { kind: 'code', language };
}

function signs(text: string): Language | undefined {
  const head = text.slice(0, 10_000);
  return SIGNS.find(([pattern]) => pattern.test(head))?.[1];
}

const SAID: Readonly<Record<string, Language>> = {
  python: 'python',
  python3: 'python',
  py: 'python',
  javascript: 'javascript',
  js: 'javascript',
  node: 'javascript',
  typescript: 'typescript',
  ts: 'typescript',
  bash: 'shell',
  sh: 'shell',
  shell: 'shell',
  sql: 'sql',
};

function saidLanguage(args: JsonObject): Language | undefined {
  const said = args['language'] ?? args['lang'] ?? args['runtime'];
  return typeof said === 'string' ? SAID[said.toLowerCase()] : undefined;
}
