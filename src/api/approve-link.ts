/** `/approve/<token>`: answers to one approval by a one-time link. Agents' credentials are turned away, whatever the link. */
import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { Approver } from '../approvals/index.ts';
import { toPortcullisError, PortcullisError } from '../errors.ts';
import { invalid, recordEvent } from '../registry/index.ts';
import { approvalDetail } from './approval-detail.ts';
import { APPROVE_PAGE_HEADERS, approveNotice, approvePage } from './approve-page.ts';
import { readBytes } from './read-body.ts';
import type { Services } from './contract.ts';

const LARGEST_FORM = 65_536;
const FORM = 'application/x-www-form-urlencoded';

export function addApproveLink(app: Hono<{ Bindings: HttpBindings }>, services: Services): void {
  const serve = (answer: (context: Context) => Promise<string>) => async (context: Context) => {
    if (context.req.header('authorization') !== undefined) throw new PortcullisError('PC_API_UNAUTHORIZED');
    try {
      return context.html(await answer(context), 200, APPROVE_PAGE_HEADERS);
    } catch (thrown) {
      const error = toPortcullisError(thrown);
      if (error.status >= 500) throw error;
      const text = [error.message, ...error.problems.map(({ message }) => message)].join(' ');
      return context.html(approveNotice('Not possible', text), error.status as 404, APPROVE_PAGE_HEADERS);
    }
  };
  app.get(
    '/approve/:token',
    serve(({ req }) => show(services, req.param('token')!)),
  );
  app.post(
    '/approve/:token',
    serve((context) => decide(services, context.req.param('token')!, context.req.raw)),
  );
}

async function show({ alerts, desk, registry }: Services, token: string): Promise<string> {
  const link = await alerts.openLink(token);
  const row = await desk.get(link.approvalId);
  const shown = await approvalDetail(registry.store, desk, row, approverOf(link.approver));
  return approvePage({
    state: row.state,
    approver: link.approver,
    message: row.message,
    facts: [
      ['Server', row.serverName],
      ['Tool', row.tool],
      ['Risk', [row.toolClass, shown.severity].filter((one) => one !== null).join(', ')],
      ['Asked by', row.grantLabel],
      ['Rule', row.rule],
      ['Asked at', shown.requestedAt],
      ['Expires', shown.expiresAt],
      ['People needed', String(row.people)],
      [
        'Answers so far',
        shown.votes.map(({ actor, verdict }) => `${actor}: ${verdict}`).join('; ') || 'none',
      ],
    ],
    arguments: shown.arguments,
    diff: shown.diff?.arguments,
    viewHash: row.viewHash,
    closed: shown.mayAnswer ? undefined : `This can no longer be answered: ${shown.whyNot}.`,
  });
}

async function decide(
  { alerts, desk, registry }: Services,
  token: string,
  request: Request,
): Promise<string> {
  const link = await alerts.openLink(token);
  const form = await formOf(request);
  const verdict = form.get('decision');
  if (verdict !== 'approve' && verdict !== 'deny') throw invalid('/decision', 'Choose approve or deny.');
  if (form.get('confirm') !== 'yes') throw invalid('/confirm', 'Tick the box: you must have read the call.');
  const reason = form.get('reason')?.trim().slice(0, 2000) ?? '';
  if (verdict === 'deny' && reason === '') throw invalid('/reason', 'Give a reason: the agent reads it.');
  if (!(await alerts.useLink(link.id))) throw new PortcullisError('PC_APPROVAL_LINK');
  const row = await desk.decide(link.approvalId, approverOf(link.approver), {
    verdict,
    reason: reason === '' ? null : reason,
    seen: form.get('seen') ?? '',
  });
  const actor = { name: link.approver, source: 'api' as const };
  await recordEvent(registry, actor, `approval.${verdict}`, row.id, {
    reason,
    state: row.state,
    via: 'link',
  });
  if (verdict === 'deny')
    return approveNotice('Denied', 'The call will not be made. You can close this page.');
  return row.state === 'approved'
    ? approveNotice('Approved', 'This one call may be made until it expires. You can close this page.')
    : approveNotice('Noted', 'Another person must agree as well. You can close this page.');
}

async function formOf(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== FORM) throw invalid('', 'Expected the form of this page.');
  return new URLSearchParams((await readBytes(request, LARGEST_FORM, FORM)).toString());
}

/** The link was made for this person, by somebody who may say who is told. */
function approverOf(approver: string): Approver {
  return { id: approver, via: 'link', holds: () => true };
}
