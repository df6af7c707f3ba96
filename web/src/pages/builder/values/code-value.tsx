import { LANGUAGES, DIALECTS, type CodeLanguage } from '../../../../../src/policy/code/types.ts';
import { SQL_STATEMENTS } from '../../../../../src/policy/code/sql/statements.ts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { ChoiceList } from './choice-list.tsx';
import { LinesValue } from './lines-value.tsx';
import { SampleCode } from './sample-code.tsx';

type Rules = Readonly<Record<string, unknown>>;

const NAMES: Readonly<Record<CodeLanguage, string>> = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  shell: 'Shell',
  sql: 'SQL',
};

interface ListLook {
  readonly member: string;
  readonly label: string;
  readonly example: string;
}
const IMPORTS = { member: 'imports', label: 'Modules that may be imported', example: 'json\nmath' };
const PROGRAM: readonly ListLook[] = [
  IMPORTS,
  { member: 'globals', label: 'Names beside the harmless ones', example: 'open' },
  { member: 'hosts', label: 'Hosts of network calls (none listed: any)', example: 'api.example.com' },
];
const LISTS: Readonly<Record<CodeLanguage, readonly ListLook[]>> = {
  python: PROGRAM,
  javascript: PROGRAM,
  typescript: PROGRAM,
  shell: [
    { member: 'commands', label: 'Commands that may run', example: 'ls\ncat' },
    { member: 'writes', label: 'Paths that may be written', example: '/workspace' },
  ],
  sql: [
    { member: 'tables', label: 'Tables', example: 'orders\nreports.*' },
    { member: 'functions', label: 'Functions beside the harmless ones', example: 'lower' },
  ],
};

/** What a text of some language may reach, and a place to try a text on it. */
export function CodeValue({
  value,
  onChange,
}: {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const rules = isRules(value) ? value : { language: 'python' };
  const language = LANGUAGES.find((one) => one === rules['language']) ?? 'python';
  const put = (member: string, next: unknown): void => {
    const { [member]: _, ...rest } = rules;
    const left = next === '' || (Array.isArray(next) && next.length === 0);
    onChange(left ? rest : { ...rest, [member]: next });
  };
  return (
    <div
      role="group"
      aria-label="What the code may reach"
      className="space-y-2 border-l-2 border-accent/60 pl-2.5"
    >
      <Field label="Language">
        {(ids) => (
          <Select
            {...ids}
            value={language}
            choices={LANGUAGES.map((one) => ({ value: one, text: NAMES[one] }))}
            onChange={(next) => onChange(inLanguage(rules, next))}
          />
        )}
      </Field>
      {LISTS[language].map(({ member, label, example }) => (
        <div key={`${language} ${member}`}>
          <p className="mb-1 text-[0.8125rem] font-medium">{label}</p>
          <LinesValue
            label={`${label}, one a line`}
            example={example}
            value={rules[member] ?? []}
            mayBeEmpty
            onChange={(next) => put(member, next)}
          />
        </div>
      ))}
      {language === 'sql' && (
        <>
          <p className="text-[0.8125rem] font-medium">Statements</p>
          <ChoiceList
            label="Statements"
            choices={SQL_STATEMENTS}
            value={rules['statements']}
            onChange={(next) => put('statements', next)}
          />
          <Field label="Dialect">
            {(ids) => (
              <Select
                {...ids}
                value={String(rules['dialect'] ?? '')}
                choices={[
                  { value: '', text: 'Any: what dialects read differently does not hold' },
                  ...DIALECTS.map((one) => ({ value: one, text: one })),
                ]}
                onChange={(next) => put('dialect', next)}
              />
            )}
          </Field>
        </>
      )}
      <SampleCode rules={{ ...rules, language }} />
    </div>
  );
}

/** What the other language knows too stays. */
function inLanguage(rules: Rules, language: string): Rules {
  const known = LISTS[language as CodeLanguage].map(({ member }) => member);
  return {
    language,
    ...Object.fromEntries(Object.entries(rules).filter(([member]) => known.includes(member))),
  };
}

function isRules(value: unknown): value is Rules {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
