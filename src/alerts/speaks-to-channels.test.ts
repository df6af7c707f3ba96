import { describe, expect, it } from 'vitest';
import { mailBody, slackBody, teamsBody, webhookBody } from './formats.ts';
import { isWebhookSecret, newWebhookSecret, webhookHeaders } from './sign-webhook.ts';
import type { QueuedMessage } from './types.ts';

const message: QueuedMessage = {
  event: 'approval_waiting',
  at: Date.UTC(2026, 0, 1),
  key: 'k',
  title: 'agent <!channel> wants\nto call *x*',
  text: 'See [this](https://evil.example)',
  facts: { Tool: '@here\r\nBcc: someone@example.com' },
  url: 'https://gateway.example/approvals/1',
  answerUrl: 'https://gateway.example/approve/t',
  approval: { id: '1', expiresAt: Date.UTC(2026, 0, 2) },
};

describe('a webhook', () => {
  it('is signed as Standard Webhooks has it', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(
      webhookHeaders(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}'),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('takes secrets of the right form only', () => {
    expect(isWebhookSecret(newWebhookSecret())).toBe(true);
    for (const secret of [
      '',
      'whsec_',
      'whsec_c2hvcnQ=',
      `whsec_${'!'.repeat(40)}`,
      newWebhookSecret().slice(6),
    ])
      expect(isWebhookSecret(secret)).toBe(false);
  });

  it('has type, timestamp and data', () => {
    expect(JSON.parse(webhookBody(message))).toEqual({
      type: 'portcullis.approval_waiting',
      timestamp: '2026-01-01T00:00:00.000Z',
      data: {
        title: message.title,
        text: message.text,
        facts: message.facts,
        url: message.url,
        approval: { id: '1', expiresAt: '2026-01-02T00:00:00.000Z' },
        answerUrl: message.answerUrl,
      },
    });
  });
});

describe('what others wrote is data', () => {
  it('in Slack: plain text, and no mention in the notification', () => {
    const body = JSON.parse(slackBody(message)) as { text: string; blocks: object[] };
    expect(body.text).toContain('&lt;!channel&gt;');
    expect(JSON.stringify(body.blocks)).not.toContain('mrkdwn');
  });

  it('in Teams: no Markdown', () => {
    expect(JSON.stringify(JSON.parse(teamsBody(message)))).not.toContain('[this](');
  });

  it('in e-mail: one line for each fact, none of them a header', () => {
    const { subject, text } = mailBody(message);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain('Tool: @here Bcc: someone@example.com');
  });
});
