/** What the form sent, made plain text; and what is wrong with it, said to whoever wrote it. */
import { cleanText } from '../clean-text.ts';
import { MOST, type Letter } from './contact-form.ts';

export function readLetter(form: URLSearchParams): Letter {
  const field = (name: string, most: number): string => cleanText(form.get(name) ?? '', most);
  const page = field('page', MOST.page);
  return {
    name: field('name', MOST.name),
    email: field('email', MOST.email),
    message: lines(form.get('message') ?? ''),
    page: /^\/[^/\\]/.test(page) ? page : '/contact',
  };
}

export function letterErrors({ email, message }: Letter): Partial<Record<keyof Letter, string>> {
  return {
    ...(!/^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\.]+$/.test(email) && {
      email: 'Please give an address that an answer can go to, such as you@example.com.',
    }),
    ...(message.length < 5 && { message: 'Please write a message.' }),
    ...(message.length > MOST.message && { message: `A message has at most ${MOST.message} characters.` }),
  };
}

/** Line breaks stay, other control characters go. */
function lines(text: string): string {
  return text
    .slice(0, MOST.message * 2)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
}
