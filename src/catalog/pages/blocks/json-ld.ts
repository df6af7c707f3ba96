/** schema.org data for search engines, safe inside a script element. */
import { plainText } from './plain-text.ts';
import type { Block, PageContent } from './types.ts';

/** BreadcrumbList always; TechArticle and FAQPage where the page is one. */
export function jsonLd(page: PageContent, publicUrl: string): string {
  const url = `${publicUrl}${page.path}`;
  const graph: object[] = [
    {
      '@type': 'BreadcrumbList',
      itemListElement: [...page.crumbs, { path: page.path, name: plainText(page.heading) }].map(
        ({ path, name }, index) => ({
          '@type': 'ListItem',
          position: index + 1,
          name,
          item: `${publicUrl}${path}`,
        }),
      ),
    },
  ];
  if (page.article)
    graph.push({
      '@type': 'TechArticle',
      headline: page.title,
      description: page.description,
      url,
      inLanguage: 'en',
      ...(page.updatedAt !== null && { dateModified: new Date(page.updatedAt).toISOString() }),
      publisher: { '@type': 'Organization', name: 'Portcullis', url: publicUrl },
    });
  const questions = page.blocks.flatMap(questionsIn);
  if (questions.length > 0)
    graph.push({
      '@type': 'FAQPage',
      mainEntity: questions.map(({ question, answer }) => ({
        '@type': 'Question',
        name: plainText(question),
        acceptedAnswer: { '@type': 'Answer', text: answer.map(plainText).join(' ') },
      })),
    });
  return forScript(JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }));
}

function questionsIn(block: Block): Extract<Block, { kind: 'questions' }>['items'] {
  if (block.kind === 'questions') return block.items;
  return block.kind === 'section' ? block.blocks.flatMap(questionsIn) : [];
}

/** Nothing in it can end the element or begin a comment. */
function forScript(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
