import { readFile } from 'node:fs/promises';

export interface Sample {
  readonly title: string;
  readonly text: string;
}

export const CORPORA = ['python', 'typescript', 'shell', 'sql'] as const;

/** The texts of `<language>/<kind>.txt`. */
export async function readCorpus(
  language: (typeof CORPORA)[number],
  kind: 'honest' | 'evasions',
): Promise<readonly Sample[]> {
  const file = await readFile(new URL(`${language}/${kind}.txt`, import.meta.url), 'utf8');
  return file
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      return { title: block.slice(0, end), text: block.slice(end + 1) };
    });
}

export interface CodePolicy {
  readonly document: string;
  readonly tool: string;
  readonly argument: string;
  readonly rules: import('../../src/policy/index.ts').CodeRules;
}

/** The policy by which a corpus is judged. */
export async function readCodePolicy(language: (typeof CORPORA)[number]): Promise<CodePolicy> {
  const document = await readFile(new URL(`policies/${language}.policy.json`, import.meta.url), 'utf8');
  const { tools } = JSON.parse(document) as {
    tools: Record<string, { require: { conditions: { path: string; value: CodePolicy['rules'] }[] }[] }>;
  };
  const [tool, entry] = Object.entries(tools)[0]!;
  const { path, value } = entry.require[0]!.conditions[0]!;
  return { document, tool, argument: path.slice('args.'.length), rules: value };
}
