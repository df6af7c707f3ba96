/** The tree says what the program is, not where or how it was made. */
import { projectFiles, read } from './sources.mjs';

// Pieces, so that this file does not hold what it looks for.
const FORBIDDEN = [
  [['(^|[^\\w./-])', '/work', '/'], 'a path of one machine'],
  [
    ['\\bshared', '/(design|policy-language|style|reference|seeds|data|bench|tools|hooks)\\b'],
    'a path of one machine',
  ],
  [['/tmp', '/(probe|conf|brief)\\b'], 'a path of one machine'],
  [['\\b(sub-?', 'agent|helper', ' session|steering', ' repo)s?\\b'], 'how it was made'],
  [
    ['\\bthe ', '(brief|ceo|lead developer|helper) (says|said|asks|asked|wants|wanted)\\b'],
    'how it was made',
  ],
  [
    ['\\b(written|generated|made|co-authored)', ' (by|with) (an? )?(ai|llm|claude|gpt|copilot|codex)\\b'],
    'how it was made',
  ],
  [['\\bco-authored', '-by:'], 'how it was made'],
  [
    [
      '\\b(in|since|from) (this|the last|an earlier)',
      ' (session|conversation)\\b.*\\b(i|we) (wrote|made|added)\\b',
    ],
    'how it was made',
  ],
].map(([pieces, what]) => ({ pattern: new RegExp(pieces.join(''), 'i'), what }));

const TEXT = /\.(ts|tsx|mjs|cjs|js|json|jsonl|md|ya?ml|sh|css|html|txt)$|(^|\/)[^.]+$/;

export async function checkOwnWords() {
  return projectFiles()
    .filter((path) => TEXT.test(path) && !path.endsWith('package-lock.json'))
    .flatMap((path) => wordProblems(path, read(path)));
}

export function wordProblems(path, text) {
  return text.split('\n').flatMap((line, index) => {
    const hit = FORBIDDEN.find(({ pattern }) => pattern.test(line));
    return hit === undefined ? [] : [`${path}:${index + 1} tells ${hit.what}: ${line.trim().slice(0, 100)}`];
  });
}
