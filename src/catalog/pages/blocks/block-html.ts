import { html } from 'hono/html';
import { formHtml } from './form-html.ts';
import { inlineHtml, type Html } from './inline-html.ts';
import type { Block, Card, Question, Quote, Share } from './types.ts';

/** Headings of sections stand at `level`; what they hold, below it. */
export function blockHtml(block: Block, level = 2): Html {
  switch (block.kind) {
    case 'text':
      return html`<p class="${block.look ?? ''}">${inlineHtml(block.of)}</p>`;
    case 'section':
      return html`<section class="${block.look ?? ''}" aria-labelledby="${block.id}">
        ${block.above === undefined ? '' : html`<p class="above">${inlineHtml(block.above)}</p>`}
        ${heading(level, block.id, inlineHtml(block.title))}
        ${block.blocks.map((one) => blockHtml(one, level + 1))}
      </section>`;
    case 'list':
      return block.ordered === true
        ? html`<ol class="steps">
            ${block.items.map((item) => html`<li>${inlineHtml(item)}</li>`)}
          </ol>`
        : html`<ul>
            ${block.items.map((item) => html`<li>${inlineHtml(item)}</li>`)}
          </ul>`;
    case 'table':
      return tableHtml(block);
    case 'quotes':
      return html`<ul class="quotes">
        ${block.items.map(quoteHtml)}
      </ul>`;
    case 'saying':
      return html`<figure class="saying">
        <blockquote>${block.paragraphs.map((one) => html`<p><bdi>${one}</bdi></p>`)}</blockquote>
        <figcaption>${block.from}</figcaption>
      </figure>`;
    case 'code':
      return html`<div class="code">
        <div class="bar">
          <span>${block.name}</span><button type="button" data-copy="${block.id}" hidden>Copy</button>
        </div>
        <pre
          dir="ltr"
          tabindex="0"
          role="region"
          aria-label="${block.name}"
        ><code id="${block.id}">${block.text}</code></pre>
      </div>`;
    case 'fold':
      return html`<details>
        <summary><span>${inlineHtml(block.title)}</span></summary>
        ${block.blocks.map((one) => blockHtml(one, level))}
      </details>`;
    case 'cards':
      return html`<ul class="cards">
        ${block.items.map(cardHtml)}
      </ul>`;
    case 'chips':
      return html`<ul class="chips" aria-label="${block.label}">
        ${block.items.map((item) => html`<li>${inlineHtml(item)}</li>`)}
      </ul>`;
    case 'questions':
      return html`<div class="questions">${block.items.map(questionHtml)}</div>`;
    case 'actions':
      return html`<p class="actions">
        ${block.items.map(({ href, text, main }) => html`<a class="${main === true ? 'button' : 'quiet'}" href="${href}">${text}</a> `)}
      </p>`;
    case 'facts':
      return html`<dl>
        ${block.items.map(
          ({ label, value }) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${inlineHtml(value)}</dd>
            </div>`,
        )}
      </dl>`;
    case 'shares':
      return sharesHtml(block.label, block.items);
    case 'form':
      return formHtml(block.form);
  }
}

function heading(level: number, id: string, title: Html | string): Html {
  if (level === 2) return html`<h2 id="${id}">${title}</h2>`;
  return level === 3 ? html`<h3 id="${id}">${title}</h3>` : html`<h4 id="${id}">${title}</h4>`;
}

function tableHtml({ caption, head, rows }: Extract<Block, { kind: 'table' }>): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, index) =>
                index === 0
                  ? html`<th scope="row">${inlineHtml(cell)}</th>`
                  : html`<td>${inlineHtml(cell)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function quoteHtml({ before, words, after, place, says }: Quote): Html {
  return html`<li>
    <q><bdi>${before}<mark>${words}</mark>${after}</bdi></q>
    <span class="place"
      >in <code><bdi>${place}</bdi></code></span
    >
    <span class="says">${says}</span>
  </li>`;
}

function cardHtml({ href, title, chips, note }: Card): Html {
  return html`<li>
    <span class="title"
      >${href === undefined ? inlineHtml(title) : html`<a href="${href}">${inlineHtml(title)}</a>`}</span
    >
    ${chips.length === 0 ? '' : html`<span class="tags">${chips.map(inlineHtml)}</span>`}
    ${note === undefined ? '' : html`<span class="note">${inlineHtml(note)}</span>`}
  </li>`;
}

function questionHtml({ question, answer }: Question): Html {
  return html`<details>
    <summary><span>${inlineHtml(question)}</span></summary>
    ${answer.map((piece) => html`<p>${inlineHtml(piece)}</p>`)}
  </details>`;
}

/** A bar without styles in attributes, which the page's policy forbids. */
function sharesHtml(label: string, items: readonly Share[]): Html {
  const most = Math.max(1, ...items.map(({ count }) => count));
  return html`<ul class="shares" aria-label="${label}">
    ${items.map(({ label: of, href, tone, count }) => {
      const width = Math.max(count > 0 ? 1 : 0, Math.round((count / most) * 100));
      return html`<li>
        <a href="${href}">${of}</a>
        <svg class="${tone.toLowerCase()}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect class="rest" width="100" height="8" />
          <rect width="${width}" height="8" />
        </svg>
        <span>${count.toLocaleString('en-US')}</span>
      </li>`;
    })}
  </ul>`;
}
