/** The shape of what `code_within` compares with: each language has its own members. */
import { isObject } from '../../json.ts';
import { list, oneOf, record, text, type Member, type Shape } from '../shape.ts';
import { into } from '../shape.ts';
import { SQL_STATEMENTS } from './sql/statements.ts';
import { DIALECTS, LANGUAGES, type CodeLanguage } from './types.ts';

const names = (what: string, description: string): Member => ({ shape: list(text(what)), description });

const imports = names('a module', 'modules that may be imported, submodules included; none unless given');
const globals = names(
  'a name',
  'names that may be used beside what the text binds and the harmless built-ins; none unless given',
);
const hosts = names(
  'a host such as "api.example.com" or an origin such as "http://localhost:8080"',
  'where permitted network calls may go, by a literal URL; anywhere unless given',
);
const MEMBERS: Readonly<Record<CodeLanguage, Readonly<Record<string, Member>>>> = {
  python: { imports, globals, hosts },
  javascript: { imports, globals, hosts },
  typescript: { imports, globals, hosts },
  shell: {
    commands: names('a command', 'command words that may run; none unless given'),
    writes: names(
      'a path',
      'paths (a folder, a file, a pattern with *) that redirections may write; none unless given',
    ),
  },
  sql: {
    statements: {
      shape: list(oneOf(...SQL_STATEMENTS)),
      description: 'kinds of statement; none unless given',
    },
    tables: names('a table', 'tables that may be read or written, patterns with *; none unless given'),
    functions: names('a function', 'functions beside the harmless built-ins; none unless given'),
    dialect: {
      shape: oneOf(...DIALECTS),
      description: 'how it is quoted and commented; strictest unless given',
    },
  },
};

const SHAPES = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    record({
      language: { shape: oneOf(language), required: true, description: 'the language of the text' },
      ...MEMBERS[language],
    }),
  ]),
) as Readonly<Record<CodeLanguage, Shape>>;

const language = oneOf(...LANGUAGES);
const unknownLanguage: Shape = {
  schema: {},
  check(value, pointer, problems) {
    if (isObject(value)) language.check(value.language, into(pointer, 'language'), problems);
    else record({}).check(value, pointer, problems);
  },
};

export const codeOperand: Shape = {
  schema: { anyOf: LANGUAGES.map((one) => SHAPES[one].schema) },
  check(value, pointer, problems) {
    const known = isObject(value) && Object.hasOwn(SHAPES, String(value.language));
    const shape = known ? SHAPES[value.language as CodeLanguage] : unknownLanguage;
    shape.check(value, pointer, problems);
  },
};
