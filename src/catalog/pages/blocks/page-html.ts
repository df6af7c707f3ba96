/** A whole document. Nothing in it runs; styles and the copy button come from files of this origin. */
import { html, raw } from 'hono/html';
import { ASSETS } from '../assets/assets.ts';
import { CATALOG, twinPath } from '../page-paths.ts';
import { blockHtml } from './block-html.ts';
import { inlineHtml, type Html } from './inline-html.ts';
import { jsonLd } from './json-ld.ts';
import { plainText } from './plain-text.ts';
import type { Site } from '../page-context.ts';
import type { PageContent } from './types.ts';

const SITE = 'Portcullis';

export function pageHtml(page: PageContent, { publicUrl, hasContact }: Site): Html {
  const canonical = `${publicUrl}${page.path}`;
  const title = page.title === SITE ? SITE : `${page.title} · ${SITE}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <meta name="description" content="${page.description}" />
        ${page.indexed ? html`<link rel="canonical" href="${canonical}" />` : html`<meta name="robots" content="noindex" />`}
        ${
          page.status === 200
            ? html`<link rel="alternate" type="text/markdown" href="${publicUrl}${twinPath(page.path)}" />`
            : ''
        }
        <meta property="og:site_name" content="${SITE}" />
        <meta property="og:type" content="${page.article ? 'article' : 'website'}" />
        <meta property="og:title" content="${page.title}" />
        <meta property="og:description" content="${page.description}" />
        <meta property="og:url" content="${canonical}" />
        <meta name="twitter:card" content="summary" />
        <link rel="icon" type="image/svg+xml" href="${ASSETS.icon.path}" />
        <link rel="stylesheet" href="${ASSETS.style.path}" />
        <script src="${ASSETS.script.path}" defer></script>
        ${
          page.status === 200
            ? html`<script type="application/ld+json">
                ${raw(jsonLd(page, publicUrl))}
              </script>`
            : ''
        }
      </head>
      <body>
        <a class="skip" href="#main">Skip to the text</a>
        ${headerHtml(hasContact)}
        <div class="page ${page.aside.length > 0 ? 'wide' : ''}">
          ${crumbsHtml(page)}
          <main id="main" tabindex="-1">
            <div class="hero">
              ${page.chips.length === 0 ? '' : html`<p class="tags">${page.chips.map(inlineHtml)}</p>`}
              <h1>${inlineHtml(page.heading)}</h1>
              <p class="lead">${inlineHtml(page.lead)}</p>
              ${
                page.jumps.length === 0
                  ? ''
                  : html`<p class="jumps">
                      ${page.jumps.map(({ href, text }) => html`<a href="${href}">${inlineHtml(text)}</a> `)}
                    </p>`
              }
            </div>
            ${page.blocks.map((block) => blockHtml(block))}
          </main>
          ${
            page.aside.length === 0
              ? ''
              : html`<aside aria-label="At a glance">${page.aside.map((block) => blockHtml(block))}</aside>`
          }
        </div>
        ${footerHtml(page, hasContact)}
      </body>
    </html>`;
}

function headerHtml(hasContact: boolean): Html {
  return html`<header class="site">
    <div>
      <a class="brand" href="${CATALOG}"
        ><img src="${ASSETS.icon.path}" width="26" height="26" alt="" />${SITE} <span>catalogue</span></a
      >
      <nav aria-label="Catalogue">
        <a href="${CATALOG}">Servers</a><a href="/risk">Risk</a
        ><a href="/attacks">Attacks</a>${hasContact ? html`<a href="/contact">Contact</a>` : ''}
      </nav>
    </div>
  </header>`;
}

function crumbsHtml({ crumbs, heading }: PageContent): Html | string {
  if (crumbs.length === 0) return '';
  return html`<nav class="crumbs" aria-label="Breadcrumb">
    <ol>
      ${crumbs.map(
        ({ path, name }) =>
          html`<li>
            <a href="${path}"><bdi>${name}</bdi></a>
          </li>`,
      )}
      <li aria-current="page"><bdi>${plainText(heading)}</bdi></li>
    </ol>
  </nav>`;
}

function footerHtml(page: PageContent, hasContact: boolean): Html {
  return html`<footer class="site">
    <div>
      <p>
        Classes and evidence come from the definitions that servers publish; rules come from the classes. They
        are a place to start from, and no certificate.
      </p>
      <p>
        <a href="/risk">What the levels mean</a> <a href="/attacks">Attack patterns</a>
        ${hasContact ? html`<a href="/contact">Get in touch</a>` : ''}
        ${page.status === 200 ? html`<a href="${twinPath(page.path)}">This page as Markdown</a>` : ''}
        <a href="/llms.txt">llms.txt</a>
      </p>
    </div>
  </footer>`;
}
