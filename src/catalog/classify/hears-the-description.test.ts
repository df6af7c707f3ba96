import { expect, it } from 'vitest';
import { classify } from './classify.ts';

const described = (description: string, name = 'zorp') => classify({ name, description });

it.each([
  ['Removes every row of the table.', 'Destructive'],
  ['This tool will wipe the disk.', 'Destructive'],
  ['Allows you to run shell commands on the host.', 'Execute'],
  ['Use this to look up a customer.', 'Read'],
  ['Quickly reads the newest entries.', 'Read'],
  ['Pays an open bill from the company account.', 'Financial'],
  ['Charges the customer for one more month.', 'Financial'],
  ['Adds a row.', 'Write'],
  ['Manages machines: start, stop and restart them.', 'Execute'],
  ['Lists, renames and deletes folders.', 'Destructive'],
  ['Crea una carpeta nueva.', 'Write'],
  ['指定したファイルを削除します。', 'Destructive'],
])('%s → %s', (description, is) => {
  expect(described(description).class).toBe(is);
});

it('lets the description settle what a name leaves open', () => {
  expect(described('Shows the weekly report.', 'report').class).toBe('Read');
  expect(described('Files a complaint with the police and posts it.', 'report').class).toBe('Write');
  expect(described('Runs the test suite of the project.', 'test').class).toBe('Execute');
});

it('hears money and finality anywhere in the text', () => {
  expect(
    described('Accepts work that was handed in and will release payment to the worker.', 'accept_work'),
  ).toMatchObject({ class: 'Financial', signals: ['costs-money'] });
  expect(described('Resets the project. This cannot be undone.', 'apply_reset').class).toBe('Destructive');
});

it.each([
  'Shows what a cleanup would find. It does not delete anything.',
  'Shows what a cleanup would find, without permanently deleting it.',
  'Shows entries. This cannot be undone is not something to worry about, as this never permanently deletes.',
])('a negated verb is not done: %s', (description) => {
  expect(described(description, 'show_entries').class).toBe('Read');
});

it('does not take quoted words for deeds', () => {
  expect(described('Explains the warning "this will delete all data" to people.').class).toBe('Read');
  expect(described('Shows entries. To remove them use `permanently deletes`.', 'show').class).toBe('Read');
});

it('says which words decided, where they stand, and what they point to', () => {
  const { evidence } = classify({ name: 'drop_table', description: 'Drops a table. This cannot be undone.' });
  expect(evidence).toContainEqual({ place: 'name', words: 'drop', says: 'Destructive', weight: 0.9 });
  expect(evidence).toContainEqual({
    place: 'description',
    words: 'cannot be undone',
    says: 'Destructive',
    weight: 0.55,
  });
});
