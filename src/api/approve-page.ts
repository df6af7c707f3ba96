/**
 * The page behind a one-time link: one call, as it would be made, and a form. It has no script, loads nothing and is never
 * cached. Opening it decides nothing (mail scanners open links); only the form does, with a box to tick.
 */
import type { ArgumentDiff, ShownArgument } from '../approvals/index.ts';

export interface ApprovePage {
  readonly state: string;
  readonly approver: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly message: string;
  readonly arguments: readonly ShownArgument[];
  readonly diff: readonly ArgumentDiff[] | undefined;
  readonly viewHash: string;
  /** Why nothing can be answered; undefined: there is a form. */
  readonly closed: string | undefined;
}

/** Styles are in the page; forms go to where they came from; nothing else may load, run or frame. */
export const APPROVE_PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
pre{background:#f4f4f4;padding:.75rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:.3rem}
textarea{width:100%;box-sizing:border-box;font:inherit}button{font:inherit;padding:.6rem 1.2rem;margin:.5rem .5rem 0 0}
.added{background:#d8f5dc}.removed{background:#fbdcdc}.warning{border-left:.3rem solid #b00;padding-left:.6rem}
@media (prefers-color-scheme:dark){body{color:#eee;background:#151515}pre{background:#242424}.added{background:#123d19}.removed{background:#4a1717}}`;

export function approvePage(page: ApprovePage): string {
  const facts = page.facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
  return documentOf(
    'Approve a call',
    `<h1>Approve a call?</h1>
<p>${escaped(page.message)}</p>
<dl>${facts.join('')}</dl>
<h2>Arguments</h2>
${page.arguments.length === 0 ? '<p>None.</p>' : page.arguments.map(argument).join('\n')}
${page.diff === undefined ? '' : differences(page.diff)}
<p><small>You are asked as ${escaped(page.approver)}. What you see has the digest ${escaped(page.viewHash)}.</small></p>
${page.closed === undefined ? form(page.viewHash) : `<p class="warning">${escaped(page.closed)}</p>`}`,
  );
}

/** What came of an answer, or why there is no page. */
export function approveNotice(title: string, text: string): string {
  return documentOf(title, `<h1>${escaped(title)}</h1><p>${escaped(text)}</p>`);
}

function form(viewHash: string): string {
  return `<form method="post">
<input type="hidden" name="seen" value="${escaped(viewHash)}">
<p><label for="reason">Reason (needed to deny; the agent reads it)</label><br>
<textarea id="reason" name="reason" rows="3" maxlength="2000"></textarea></p>
<p><label><input type="checkbox" name="confirm" value="yes" required> I have read this call</label></p>
<button name="decision" value="approve">Approve this one call</button>
<button name="decision" value="deny">Deny</button>
</form>`;
}

function argument({ name, kind, language, text, invisible }: ShownArgument): string {
  const what = [kind, language].filter((one) => one !== undefined && one !== kind).join(', ');
  const warning =
    invisible === 0
      ? ''
      : `<p class="warning">${invisible} characters of this text cannot be seen; they are shown as code points.</p>`;
  return `<h3>${visible(name)} <small>${escaped(what === '' ? kind : what)}</small></h3>${warning}<pre>${visible(text)}</pre>`;
}

function differences(diff: readonly ArgumentDiff[]): string {
  const sign = { same: ' ', added: '+', removed: '−' };
  const one = ({ name, lines }: ArgumentDiff): string =>
    `<h3>${visible(name)}</h3><pre>${lines
      .map(({ op, text }) => `<span class="${op}">${sign[op]} ${visible(text)}</span>`)
      .join('\n')}</pre>`;
  return `<h2>Against the last approved call</h2>${diff.length === 0 ? '<p>The arguments are the same.</p>' : diff.map(one).join('\n')}`;
}

/** Characters that hide or reorder text are spelled out. */
function visible(text: string): string {
  return escaped(
    text.replace(/[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]/gu, (sign) =>
      '\n\t\r'.includes(sign)
        ? sign
        : `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`,
    ),
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function documentOf(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)} · Portcullis</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}
