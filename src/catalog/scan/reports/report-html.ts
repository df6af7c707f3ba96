/** One page that stands by itself: no script, nothing loaded; light or dark as the reader's system is. */
import type { Finding, ScanReport, ServerReport } from '../types.ts';
import { placeText, rowsOf, SEVERITY_WORDS, summaryOf } from './rows.ts';

const MOST_TOOLS = 300;

const STYLE = `:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;--low:#0969da;--medium:#9a6700;--high:#bc4c00;--critical:#cf222e;--good:#1a7f37}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9198a1;--line:#30363d;--card:#161b22;--low:#58a6ff;--medium:#d29922;--high:#f0883e;--critical:#ff7b72;--good:#3fb950}}
body{margin:0 auto;max-width:64rem;padding:2rem 1rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:0}h2{margin:0;font-size:1.2rem}p{margin:.4rem 0}.soft{color:var(--soft)}
section{margin:1.5rem 0;padding:1rem 1.2rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
header{display:flex;gap:.8rem;align-items:center}
.grade{flex:none;width:2.4rem;height:2.4rem;border-radius:.5rem;display:grid;place-items:center;font-weight:700;font-size:1.3rem;border:2px solid}
.A,.B{color:var(--good)}.C{color:var(--medium)}.D{color:var(--high)}.F{color:var(--critical)}
ul{padding:0;list-style:none}li{margin:.8rem 0;padding-left:.8rem;border-left:4px solid}
li>*{color:var(--fg)}li .soft{color:var(--soft)}
.low{border-color:var(--low)}.medium{border-color:var(--medium)}.high{border-color:var(--high)}.critical{border-color:var(--critical)}
code{font:.9em ui-monospace,monospace;unicode-bidi:isolate}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}`;

export function reportHtml(report: ScanReport): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>MCP scan</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>MCP scan</h1>
<p>${escape(summaryOf(report))}</p>
<p class="soft">${escape(report.at)}</p>
${report.findings.length > 0 ? `<section>${findingList(report.findings)}</section>` : ''}
${report.servers.map(serverSection).join('\n')}
</main>
</body>
</html>
`;
}

function serverSection(server: ServerReport): string {
  const { facts, classes, findings } = rowsOf(server);
  return `<section>
<header><span class="grade ${server.grade}" aria-label="grade ${server.grade}">${server.grade}</span><h2>${escape(server.name)}</h2></header>
<p class="soft">${escape(facts)}</p>
${classes === '' ? '' : `<p>${escape(classes)}</p>`}
<p>${escape(server.reasons.join('; '))}</p>
${findings.length > 0 ? findingList(findings) : ''}
${server.tools.length > 0 ? toolTable(server) : ''}
</section>`;
}

function findingList(findings: readonly Finding[]): string {
  const items = findings.map(({ id, severity, title, evidence, place, remedy, source }) => {
    const where = source === undefined ? place : `${place} (${placeText(source)})`;
    return `<li class="${severity}"><strong>${SEVERITY_WORDS[severity]}: ${escape(title)}</strong> <span class="soft">${id}</span>
<p class="soft">${escape(where)}</p><p><code>${escape(evidence)}</code></p><p>${escape(remedy)}</p></li>`;
  });
  return `<ul>${items.join('\n')}</ul>`;
}

function toolTable({ tools, toolCount }: ServerReport): string {
  const rows = tools
    .slice(0, MOST_TOOLS)
    .map(
      (tool) =>
        `<tr><td><code>${escape(tool.name)}</code></td><td>${tool.class}</td><td>${tool.severity}</td><td>${tool.signals.join(', ')}</td></tr>`,
    );
  const more = tools.length > MOST_TOOLS ? `<p class="soft">The first ${MOST_TOOLS} are listed.</p>` : '';
  return `<details><summary>${toolCount} tools</summary><table><thead><tr><th>Tool</th><th>Class</th><th>Severity</th><th>Signals</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}</details>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}
