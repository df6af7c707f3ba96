import { describe, expect, it } from 'vitest';
import { classify } from './plain.ts';

describe('the plain classifier', () => {
  it.each([
    ['orgo_exec', 'Execute', 'High'],
    ['execute_code', 'Execute', 'High'],
    ['list_apis', 'Read', 'Low'],
    ['deleteUser', 'Destructive', 'Critical'],
    ['delete_skill', 'Destructive', 'Critical'],
    ['create-issue', 'Write', 'Medium'],
    ['stripe.refund', 'Financial', 'Critical'],
    ['create_and_delete', 'Destructive', 'Critical'],
    ['get_instructions', 'Read', 'Low'],
    ['', 'Read', 'Low'],
  ])('%s is %s', (name, expected, severity) => {
    expect(classify({ name })).toMatchObject({ class: expected, severity });
  });

  it('lets annotations raise what the name leaves open, and never lower it', () => {
    expect(classify({ name: 'process', annotations: { destructiveHint: true } }).class).toBe('Destructive');
    expect(classify({ name: 'delete_all', annotations: { readOnlyHint: true } }).class).toBe('Destructive');
    expect(classify({ name: 'x', annotations: 'odd' }).class).toBe('Read');
  });

  it('says the same of the same definition, and why', () => {
    const said = classify({ name: 'run_report' });
    expect(classify({ name: 'run_report' })).toEqual(said);
    expect(said.evidence).toEqual([{ place: 'name', words: 'run', says: 'Execute' }]);
  });
});
