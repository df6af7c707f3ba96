import type { Form } from '../blocks/types.ts';

/** What somebody wrote, as it came from the form. */
export interface Letter {
  readonly name: string;
  readonly email: string;
  readonly message: string;
  readonly page: string;
}

export const MOST = { name: 100, email: 200, message: 4000, page: 300 } as const;
/** Programs that fill in everything fill in this too. */
export const TRAP = 'website';

interface State {
  /** Undefined on pages that caches keep: sending such a form leads to the contact page, where it is sent for good. */
  readonly token: string | undefined;
  readonly errors: Readonly<Partial<Record<keyof Letter, string>>>;
}

export function contactForm(letter: Letter, { token, errors }: State): Form {
  return {
    method: 'post',
    action: '/contact',
    label: 'Write to the operator',
    submit: token === undefined ? 'Continue' : 'Send the message',
    look: 'letter',
    fields: [
      {
        name: 'name',
        label: 'Your name',
        value: letter.name,
        type: 'text',
        most: MOST.name,
        autocomplete: 'name',
        error: errors.name,
      },
      {
        name: 'email',
        label: 'Your e-mail address',
        value: letter.email,
        type: 'email',
        most: MOST.email,
        required: true,
        autocomplete: 'email',
        hint: 'Only for the answer.',
        error: errors.email,
      },
      {
        name: 'message',
        label: 'Message',
        value: letter.message,
        type: 'area',
        most: MOST.message,
        required: true,
        error: errors.message,
      },
      { name: TRAP, label: 'Leave this empty', value: '', type: 'trap' },
      { name: 'page', label: '', value: letter.page, type: 'hidden' },
      ...(token === undefined ? [] : [{ name: 'token', label: '', value: token, type: 'hidden' } as const]),
    ],
  };
}
