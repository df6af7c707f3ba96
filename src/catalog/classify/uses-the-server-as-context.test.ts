import { expect, it } from 'vitest';
import { classify } from './classify.ts';

it('takes a word that most names begin with for a prefix', () => {
  const siblings = ['run_notes_list', 'run_notes_add', 'run_notes_find', 'run_notes_text'].map((name) => ({
    name,
  }));
  expect(classify({ name: 'run_notes_text' }).class).toBe('Execute');
  expect(classify({ name: 'run_notes_list' }, { siblings }).class).toBe('Read');
  expect(classify({ name: 'run_notes_text' }, { siblings }).class).not.toBe('Execute');
});

it('a subscription of a payments server is money, that of a news server is not', () => {
  const tool = { name: 'update_subscription', description: 'Updates a subscription.' };
  expect(classify(tool, { server: 'stripe' }).class).toBe('Financial');
  expect(classify(tool, { server: { name: 'news', description: 'Daily headlines' } }).class).toBe('Write');
});

it('an unclear tool of a shell server runs things', () => {
  expect(classify({ name: 'zorp' }, { server: { description: 'Remote terminal' } }).class).toBe('Execute');
});

it('the server lowers nothing', () => {
  expect(classify({ name: 'delete_all' }, { server: 'read only viewer' }).class).toBe('Destructive');
});

it('a verb of what cannot be taken back is no prefix, however many tools begin with it', () => {
  const siblings = ['delete_user', 'delete_file', 'delete_note', 'delete_page'].map((name) => ({ name }));
  expect(classify(siblings[0]!, { siblings }).class).toBe('Destructive');
});
