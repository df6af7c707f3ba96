import type { Finding, ScanReport } from '../types.ts';
import { placeText, rowsOf, SEVERITY_WORDS, summaryOf } from './rows.ts';

const MOST_TOOLS = 100;

/** For a step summary or a pull request. Foreign text is escaped, so it is neither markup nor a link nor a mention. */
export function reportMarkdown(report: ScanReport): string {
  const parts = ['# MCP scan', '', `${escape(summaryOf(report))}`, ''];
  if (report.findings.length > 0) parts.push(...findingTable(report.findings));
  if (report.servers.length > 0)
    parts.push(
      '| grade | server | what | why |',
      '| --- | --- | --- | --- |',
      ...report.servers.map((server) => {
        const { facts } = rowsOf(server);
        return `| ${server.grade} | ${escape(server.name)} | ${escape(facts)} | ${escape(server.reasons.join('; '))} |`;
      }),
      '',
    );
  for (const server of report.servers) {
    parts.push(`## ${escape(server.name)}: ${server.grade}`, '');
    if (server.findings.length > 0) parts.push(...findingTable(server.findings));
    if (server.tools.length > 0)
      parts.push(
        `<details><summary>${server.toolCount} tools</summary>`,
        '',
        '| tool | class | severity | signals |',
        '| --- | --- | --- | --- |',
        ...server.tools
          .slice(0, MOST_TOOLS)
          .map(
            (tool) =>
              `| ${escape(tool.name)} | ${tool.class} | ${tool.severity} | ${tool.signals.join(', ')} |`,
          ),
        '',
        ...(server.tools.length > MOST_TOOLS ? [`The first ${MOST_TOOLS} are listed.`, ''] : []),
        '</details>',
        '',
      );
  }
  return parts.join('\n');
}

function findingTable(findings: readonly Finding[]): string[] {
  return [
    '| severity | finding | where | evidence | what to do |',
    '| --- | --- | --- | --- | --- |',
    ...findings.map(({ id, severity, title, evidence, place, remedy, source }) => {
      const where = source === undefined ? place : `${place} (${placeText(source)})`;
      return `| ${SEVERITY_WORDS[severity]} | ${escape(title)} (${id}) | ${escape(where)} | ${escape(evidence)} | ${escape(remedy)} |`;
    }),
    '',
  ];
}

/** Every character that Markdown could read as its own, as a character reference. */
function escape(text: string): string {
  return text.replace(/[&<>|\\`*_{}[\]()#!~@$^]|:\/\/|www\./g, (match) =>
    [...match].map((char) => `&#${char.codePointAt(0)};`).join(''),
  );
}
