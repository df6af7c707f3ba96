import { html } from 'hono/html';
import type { Inline } from './types.ts';

export type Html = ReturnType<typeof html>;

/** Escaped; what others wrote is isolated, so that its direction of writing ends with it. */
export function inlineHtml(of: Inline): Html | string {
  if (typeof of === 'string') return of;
  if (!('kind' in of)) return html`${of.map(inlineHtml)}`;
  switch (of.kind) {
    case 'code':
      return html`<code>${isolated(of.text)}</code>`;
    case 'strong':
      return html`<strong>${of.text}</strong>`;
    case 'foreign':
      return isolated(of.text);
    case 'link':
      return html`<a href="${of.href}" ${relation(of.href)}>${inlineHtml(of.text)}</a>`;
    case 'chip':
      return of.href === undefined
        ? html`<span class="chip ${of.tone.toLowerCase()}">${of.text}</span>`
        : html`<a class="chip ${of.tone.toLowerCase()}" href="${of.href}">${of.text}</a>`;
  }
}

/** ASCII cannot turn the text around it, and needs no isolation. */
function isolated(text: string): Html | string {
  return /^[\x20-\x7e]*$/.test(text) ? text : html`<bdi>${text}</bdi>`;
}

function relation(href: string): Html | string {
  return href.startsWith('/') || href.startsWith('#') ? '' : html`rel="nofollow ugc noopener noreferrer"`;
}
