import { section, text } from '../blocks/make.ts';
import type { Block } from '../blocks/types.ts';
import { contactForm, type Letter } from './contact-form.ts';

/** At the end of a page: the letter is read once more on the contact page before it is sent. */
export function contactSection(page: string): Block {
  const empty: Letter = { name: '', email: '', message: '', page };
  return section('contact', 'Get in touch', [
    text(
      'A question, a tool that is judged wrongly, a server that is missing? Write to whoever runs this catalogue.',
    ),
    { kind: 'form', form: contactForm(empty, { token: undefined, errors: {} }) },
  ]);
}
