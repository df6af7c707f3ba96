/** One message in the form of each channel. Text of others is data there: nothing in it may link, mention or format. */
import type { QueuedMessage } from './types.ts';

/** The body of a webhook (Standard Webhooks: type, timestamp, data). */
export function webhookBody({
  event,
  at,
  title,
  text,
  facts,
  url,
  approval,
  answerUrl,
}: QueuedMessage): string {
  return JSON.stringify({
    type: `portcullis.${event}`,
    timestamp: new Date(at).toISOString(),
    data: {
      title,
      text,
      facts,
      url,
      ...(approval === undefined
        ? {}
        : { approval: { id: approval.id, expiresAt: new Date(approval.expiresAt).toISOString() } }),
      ...(answerUrl === undefined ? {} : { answerUrl }),
    },
  });
}

const SLACK_FIELD = 2000;
const SLACK_FIELDS = 10;

/** Slack, Block Kit. */
export function slackBody({ title, text, facts, url, answerUrl }: QueuedMessage): string {
  const plain = (value: string) => ({ type: 'plain_text', text: clip(value, SLACK_FIELD), emoji: false });
  const fields = Object.entries(facts).map(([name, value]) => plain(`${name}: ${value}`));
  const button = (label: string, target: string) => ({ type: 'button', text: plain(label), url: target });
  return JSON.stringify({
    text: slackText(title),
    blocks: [
      { type: 'header', text: plain(clip(title, 150)) },
      { type: 'section', text: plain(text === '' ? title : text) },
      ...(fields.length === 0 ? [] : [{ type: 'section', fields: fields.slice(0, SLACK_FIELDS) }]),
      {
        type: 'actions',
        elements: [
          button('Open', url),
          ...(answerUrl === undefined ? [] : [button('Answer once', answerUrl)]),
        ],
      },
    ],
  });
}

/** Microsoft Teams: an Adaptive Card for a workflow's webhook. */
export function teamsBody({ title, text, facts, url, answerUrl }: QueuedMessage): string {
  const open = (label: string, target: string) => ({ type: 'Action.OpenUrl', title: label, url: target });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'TextBlock', text: unformatted(title), weight: 'Bolder', size: 'Medium', wrap: true },
      { type: 'TextBlock', text: unformatted(text), wrap: true },
      {
        type: 'FactSet',
        facts: Object.entries(facts).map(([name, value]) => ({ title: name, value: unformatted(value) })),
      },
    ],
    actions: [open('Open', url), ...(answerUrl === undefined ? [] : [open('Answer once', answerUrl)])],
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return JSON.stringify({ type: 'message', attachments: [attachment] });
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Plain text only. */
export function mailBody({ title, text, facts, url, answerUrl }: QueuedMessage): Mail {
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const answer =
    answerUrl === undefined
      ? []
      : ['', 'Read the call and answer it, once, without signing in. Forward this to nobody:', answerUrl];
  return {
    subject: clip(`[Portcullis] ${oneLine(title)}`, 200),
    text: [text, '', ...lines, '', url, ...answer, ''].join('\n'),
  };
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Slack reads `<`, `>` and `&` in notification texts. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Adaptive Cards read a subset of Markdown. */
function unformatted(text: string): string {
  return clip(text, 5000).replace(/[\\`*_[\]()#~>|-]/g, (sign) => `\\${sign}`);
}
