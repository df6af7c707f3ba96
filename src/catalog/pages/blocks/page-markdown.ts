/** The same content as Markdown, for programs that read. What others wrote cannot become a heading, a link or markup. */
import { plainText } from './plain-text.ts';
import type { Block, Inline, PageContent } from './types.ts';

export function pageMarkdown(page: PageContent, publicUrl: string): string {
  const write = writer(publicUrl);
  const pieces = [
    `# ${write.inline(page.heading)}`,
    `> ${escaped(page.description)}`,
    `Canonical: ${publicUrl}${page.path}`,
    page.chips.length === 0 ? '' : page.chips.map(write.inline).join(' · '),
    plainText(page.lead) === page.description ? '' : write.inline(page.lead),
    ...page.blocks.map((block) => write.block(block, 2)),
  ];
  return `${pieces.filter((piece) => piece !== '').join('\n\n')}\n`;
}

function writer(publicUrl: string) {
  const address = (href: string): string =>
    (href.startsWith('/') ? `${publicUrl}${href}` : href).replace(/[()\s<>]/g, percentEncoded);

  function inline(of: Inline): string {
    if (typeof of === 'string') return escaped(of);
    if (!('kind' in of)) return of.map(inline).join('');
    switch (of.kind) {
      case 'code':
        return codeSpan(of.text);
      case 'strong':
        return `**${escaped(of.text)}**`;
      case 'foreign':
        return escaped(of.text);
      case 'link':
        return of.href.startsWith('#') ? inline(of.text) : `[${inline(of.text)}](${address(of.href)})`;
      case 'chip':
        return of.href === undefined ? escaped(of.text) : `[${escaped(of.text)}](${address(of.href)})`;
    }
  }

  function block(one: Block, level: number): string {
    switch (one.kind) {
      case 'text':
        return inline(one.of);
      case 'section':
        return [
          `${'#'.repeat(level)} ${inline(one.title)}`,
          ...(one.above === undefined ? [] : [inline(one.above)]),
          ...one.blocks.map((inner) => block(inner, level + 1)),
        ].join('\n\n');
      case 'list':
        return one.items
          .map((item, index) => `${one.ordered === true ? `${index + 1}.` : '-'} ${inline(item)}`)
          .join('\n');
      case 'table':
        return [one.head, one.head.map(() => '---'), ...one.rows.map((row) => row.map(inline))]
          .map((row) => `| ${row.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`)
          .join('\n');
      case 'quotes':
        return one.items
          .map(
            ({ before, words, after, place, says }) =>
              `- “${escaped(before)}**${escaped(words)}**${escaped(after)}” in ${codeSpan(place)}: ${escaped(says)}`,
          )
          .join('\n');
      case 'saying':
        return [...one.paragraphs.map((words) => `> ${escaped(words)}`), `> — ${escaped(one.from)}`].join(
          '\n>\n',
        );
      case 'code':
        return `${escaped(one.name)}\n\n${fenced(one.text, one.language)}`;
      case 'fold':
        return [`**${inline(one.title)}**`, ...one.blocks.map((inner) => block(inner, level))].join('\n\n');
      case 'cards':
        return one.items
          .map(({ href, title, chips, note }) => {
            const named = href === undefined ? inline(title) : `[${inline(title)}](${address(href)})`;
            const more = [...chips.map(inline), ...(note === undefined ? [] : [inline(note)])];
            return `- ${named}${more.length === 0 ? '' : `: ${more.join(' · ')}`}`;
          })
          .join('\n');
      case 'chips':
        return one.items.map((item) => `- ${inline(item)}`).join('\n');
      case 'questions':
        return one.items
          .map(
            ({ question, answer }) =>
              `${'#'.repeat(level)} ${inline(question)}\n\n${answer.map(inline).join('\n\n')}`,
          )
          .join('\n\n');
      case 'actions':
        return one.items
          .filter(({ href }) => !href.startsWith('#'))
          .map(({ href, text }) => `[${escaped(text)}](${address(href)})`)
          .join(' · ');
      case 'facts':
        return one.items.map(({ label, value }) => `- ${escaped(label)}: ${inline(value)}`).join('\n');
      case 'shares':
        return one.items
          .map(({ label, href, count }) => `- [${escaped(label)}](${address(href)}): ${count}`)
          .join('\n');
      case 'form':
        return `[${escaped(one.form.label)}](${address(one.form.look === 'letter' ? '/contact' : one.form.action)})`;
    }
  }
  return { inline, block };
}

/** Parentheses too, which would end a link. */
function percentEncoded(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&');
}

/** Backticks inside need a longer fence around (CommonMark 6.1). */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${room}${text}${room}${fence}`;
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
