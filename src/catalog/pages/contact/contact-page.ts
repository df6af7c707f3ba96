import { link, soft, text } from '../blocks/make.ts';
import type { PageContent } from '../blocks/types.ts';
import { plainPage } from '../browse/plain-page.ts';
import { CATALOG } from '../page-paths.ts';
import { contactForm, type Letter } from './contact-form.ts';

interface State {
  readonly token: string;
  readonly status: PageContent['status'];
  readonly notice?: string | undefined;
  readonly errors: Readonly<Partial<Record<keyof Letter, string>>>;
}

export const EMPTY_LETTER: Letter = { name: '', email: '', message: '', page: '/contact' };

export function contactPage(letter: Letter, { token, status, notice, errors }: State): PageContent {
  const lead =
    'A question, a tool that is judged wrongly, a server that is missing? Write to whoever runs this catalogue.';
  return {
    ...plainPage(status, '/contact', 'Get in touch', lead, [
      ...(notice === undefined ? [] : [text({ kind: 'strong', text: notice })]),
      { kind: 'form', form: contactForm(letter, { token, errors }) },
      soft(
        'It is kept in this installation’s database for its operator. Your network address is not: only a keyed digest of it, to count by.',
      ),
    ]),
    crumbs: [{ path: CATALOG, name: 'Catalogue' }],
    indexed: status === 200 && notice === undefined,
  };
}

export function sentPage(): PageContent {
  return plainPage(
    200,
    '/contact/sent',
    'Message sent',
    'Thank you. It is with whoever runs this catalogue, who will answer soon.',
    [text(link(CATALOG, 'Back to the catalogue'))],
  );
}
