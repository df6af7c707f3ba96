import { html } from 'hono/html';

/** What somebody sees who opens the gateway in a browser: what it is, and what to do next. No script. */
export function homePage({ version, publicUrl }: { readonly version: string; readonly publicUrl: string }) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Portcullis</title>
        <style>
          :root {
            --ground: #f6f5f2;
            --ink: #1d2126;
            --soft: #626a73;
            --line: #dcd9d2;
            --accent: #8a4b12;
            --code: #ecebe6;
          }
          @media (prefers-color-scheme: dark) {
            :root {
              --ground: #15181c;
              --ink: #e8e6e1;
              --soft: #98a0a9;
              --line: #2c3138;
              --accent: #e0a15e;
              --code: #20252b;
            }
          }
          body {
            margin: 0;
            background: var(--ground);
            color: var(--ink);
            font:
              16px/1.6 system-ui,
              sans-serif;
          }
          main {
            max-width: 42rem;
            margin: 0 auto;
            padding: clamp(2rem, 8vh, 6rem) 1.5rem;
          }
          h1 {
            margin: 0;
            font-size: 2rem;
            letter-spacing: -0.02em;
          }
          h1 small {
            font-size: 0.9rem;
            font-weight: 400;
            letter-spacing: 0;
            color: var(--soft);
          }
          p {
            margin: 0.5rem 0 2rem;
            color: var(--soft);
          }
          ol {
            margin: 0;
            padding: 0;
            list-style: none;
            counter-reset: step;
          }
          li {
            padding: 1rem 0;
            border-top: 1px solid var(--line);
            counter-increment: step;
          }
          li::before {
            content: counter(step) '.';
            margin-right: 0.5rem;
            font-weight: 600;
            color: var(--accent);
          }
          pre {
            overflow-x: auto;
            margin: 0.5rem 0 0;
            padding: 0.75rem 1rem;
            border-radius: 6px;
            background: var(--code);
            font:
              0.85rem/1.5 ui-monospace,
              monospace;
          }
          nav {
            margin-top: 2rem;
            padding-top: 1rem;
            border-top: 1px solid var(--line);
          }
          a {
            margin-right: 1.5rem;
            color: var(--accent);
          }
        </style>
      </head>
      <body>
        <main>
          <h1>Portcullis <small>${version}</small></h1>
          <p>A policy gateway for the Model Context Protocol. It is running.</p>
          <ol>
            <li>
              Register a server
              <pre>npx portcullis server add orgo --url https://example.com/mcp</pre>
            </li>
            <li>
              Give it a policy
              <pre>npx portcullis policy set orgo orgo-exec policy.json</pre>
            </li>
            <li>
              Mint a grant, and point your client at it
              <pre>
npx portcullis grant mint orgo --policy orgo-exec
${publicUrl}/mcp/orgo</pre>
            </li>
          </ol>
          <nav>
            <a href="/openapi.json">API contract</a><a href="/schema/policy-1.json">Policy schema</a
            ><a href="/readyz">Readiness</a>
          </nav>
        </main>
      </body>
    </html>`;
}
