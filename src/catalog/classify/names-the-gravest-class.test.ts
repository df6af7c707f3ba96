import { describe, expect, it } from 'vitest';
import { CODEFORGE_TOOLS, ORGO_TOOLS } from './sample-tools.ts';
import { classify, SEVERITIES } from './classify.ts';

describe('tools that run code', () => {
  it.each(['orgo_exec', 'execute_code'])(
    '%s is Execute, High, by name alone and with its definition',
    (name) => {
      const whole = [...ORGO_TOOLS, ...CODEFORGE_TOOLS].find(({ definition }) => definition.name === name);
      for (const definition of [{ name }, whole!.definition])
        expect(classify(definition)).toMatchObject({
          class: 'Execute',
          classes: ['Execute'],
          severity: 'High',
        });
      expect(classify(whole!.definition).signals).toContain('accepts-code');
      expect(classify(whole!.definition).confidence).toBeGreaterThan(0.9);
    },
  );
});

describe('a server for virtual computers', () => {
  it.each(ORGO_TOOLS.map(({ definition, is }) => [definition.name, is, definition] as const))(
    '%s is %s',
    (_, is, definition) => {
      expect(classify(definition)).toMatchObject({ class: is, severity: SEVERITIES[is] });
      const siblings = ORGO_TOOLS.map((tool) => tool.definition);
      expect(classify(definition, { server: 'orgo', siblings }).class).toBe(is);
    },
  );
});

describe('a server for sandboxed code', () => {
  it.each(CODEFORGE_TOOLS.map(({ definition, is }) => [definition.name, is, definition] as const))(
    '%s is %s',
    (_, is, definition) => {
      expect(classify(definition)).toMatchObject({ class: is, severity: SEVERITIES[is] });
      expect(classify({ name: definition.name }).class).toBe(is);
    },
  );
});

describe('several classes', () => {
  it('are listed mildest first, and the gravest names the tool', () => {
    const said = classify({ name: 'update_or_delete_record', description: 'Updates or deletes one record.' });
    expect(said).toMatchObject({
      class: 'Destructive',
      classes: ['Write', 'Destructive'],
      severity: 'Critical',
    });
  });

  it('never hold Read beside another: a rule for @read must not open a tool that also writes', () => {
    const said = classify({ name: 'get_and_update_record', description: 'Gets a record and updates it.' });
    expect(said.classes).toEqual(['Write']);
  });
});
