import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';
import { diffArguments, showArguments } from './show-arguments.ts';

const shown = (args: object) => showArguments(JSON.stringify(args))[0]!;

describe('an argument', () => {
  it.each([
    [{ code: 'import os\nos.listdir(".")' }, { kind: 'code', language: 'python' }],
    [{ code: 'const x = await fetch("https://a")' }, { kind: 'code', language: 'javascript' }],
    [{ command: 'ls -l' }, { kind: 'code', language: 'shell' }],
    [{ query: 'SELECT * FROM t' }, { kind: 'sql', language: 'sql' }],
    [{ query: 'weather in Bern' }, { kind: 'text' }],
    [{ url: 'https://example.com' }, { kind: 'url' }],
    [{ file_path: '/etc/passwd' }, { kind: 'path' }],
    [{ n: 1 }, { kind: 'json', text: '1' }],
    [{ o: { a: [1, {}] } }, { kind: 'json', text: '{\n  "a": [\n    1,\n    {}\n  ]\n}' }],
  ])('%j', (args, expected) => {
    expect(shown(args)).toMatchObject(expected);
  });

  it('follows the language that a sibling names', () => {
    expect(showArguments('{"code":"x = 1","language":"python"}')[0]).toMatchObject({ language: 'python' });
  });

  it('counts what cannot be seen', () => {
    expect(shown({ text: 'a\u202eb\u200bc\n' }).invisible).toBe(2);
  });

  it('keeps numbers that doubles cannot hold, and names of any kind', () => {
    expect(showArguments('{"__proto__":1,"n":12345678901234567890}')).toMatchObject([
      { name: '__proto__', text: '1' },
      { name: 'n', text: '12345678901234567890' },
    ]);
  });
});

describe('a difference', () => {
  it('names lines taken away and added', () => {
    expect(lineDiff('a\nb\nc', 'a\nx\nc').map(({ op, text }) => `${op} ${text}`)).toEqual([
      'same a',
      'removed b',
      'added x',
      'same c',
    ]);
  });

  it('shows only arguments that differ, new and missing ones too', () => {
    const diff = diffArguments('{"same":1,"gone":"x","changed":1}', '{"same":1,"changed":2,"new":"y"}');
    expect(diff.map(({ name, lines }) => [name, ...lines.map(({ op }) => op)])).toEqual([
      ['gone', 'removed'],
      ['changed', 'removed', 'added'],
      ['new', 'added'],
    ]);
  });

  it('of very long texts replaces one by the other', () => {
    const long = Array.from({ length: 700 }, (_, index) => String(index)).join('\n');
    expect(lineDiff(long, `${long}\nmore`)).toHaveLength(1401);
  });
});
