import type { z } from 'zod';
import { approvalSettings, setApprovalSettings, type Approver } from '../../approvals/index.ts';
import { PortcullisError } from '../../errors.ts';
import { invalid, recordEvent, requireServer, ROLES, type Role } from '../../registry/index.ts';
import type { ApprovalRow } from '../../store/index.ts';
import { approvalDetail } from '../approval-detail.ts';
import { route, type Caller, type RouteCall, type Services } from '../contract.ts';
import { eventStream } from '../event-stream.ts';
import { pageQuery, pageShape } from '../page.ts';
import {
  answerInput,
  approvalDetailShape,
  approvalQuery,
  approvalSettingsShape,
  approvalShape,
  showApproval,
} from '../shapes/approval.ts';

type AnswerInput = z.output<typeof answerInput>;

export const approvalRoutes = [
  route(
    {
      method: 'GET',
      path: '/approvals',
      role: 'viewer',
      summary: 'Calls that wait or waited for a person, newest first',
      query: pageQuery.extend(approvalQuery.shape),
      status: 200,
      answer: pageShape(approvalShape),
    },
    async ({ services: { registry }, caller, query: { limit, cursor, ...filter } }) => {
      const page = await registry.store.approvals.page(
        { organization: registry.organization, ...filter },
        { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) },
      );
      const seen = page.items.filter((row) =>
        registry.seesRecord({ organization: row.organizationId, serverId: row.serverId }),
      );
      return { body: { ...page, items: seen.map((row) => showApproval(row, approverOf(caller))) } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/approvals/stream',
      role: 'viewer',
      summary: 'Approvals as they change',
      query: approvalQuery,
      status: 200,
      streams: true,
    },
    async ({ services: { registry, desk }, caller, query, signal }) => ({
      stream: await eventStream('approval', signal, (send) =>
        desk.watch.listen((row) => {
          if (
            registry.seesRecord({ organization: row.organizationId, serverId: row.serverId }) &&
            matches(row, query)
          )
            send(row.id, showApproval(row, approverOf(caller)));
        }),
      ),
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/approvals/{id}',
      role: 'viewer',
      summary: 'One approval, with all that an approver looks at',
      status: 200,
      answer: approvalDetailShape,
    },
    async ({ services, caller, parameters }) => ({
      body: await detail(services, caller, await own(services, parameters['id']!)),
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/approvals/{id}/approve',
      role: 'viewer',
      summary: 'Agrees to one call; the same answer twice is one',
      body: answerInput.optional(),
      status: 200,
      answer: approvalDetailShape,
    },
    (call) => answer(call, 'approve'),
  ),
  route(
    {
      method: 'POST',
      path: '/approvals/{id}/deny',
      role: 'viewer',
      summary: 'Refuses one call; the agent reads the reason',
      body: answerInput.optional(),
      status: 200,
      answer: approvalDetailShape,
    },
    (call) => answer(call, 'deny'),
  ),
  route(
    {
      method: 'GET',
      path: '/servers/{id}/approval-settings',
      role: 'viewer',
      summary: 'Who may approve calls of a server',
      status: 200,
      answer: approvalSettingsShape,
    },
    async ({ services: { registry }, parameters }) => {
      const server = await requireServer(registry, parameters['id']!);
      return { body: await approvalSettings(registry.store, server.id) };
    },
  ),
  route(
    {
      method: 'PUT',
      path: '/servers/{id}/approval-settings',
      role: 'admin',
      summary: 'Role, named approvers, one person or two; holds for what is asked from then on',
      body: approvalSettingsShape,
      status: 200,
      answer: approvalSettingsShape,
    },
    async ({ services: { registry }, caller, parameters, body }) => {
      const server = await requireServer(registry, parameters['id']!);
      await setApprovalSettings(registry.store, server.id, body);
      await recordEvent(registry, caller, 'approval_settings.update', server.id, body);
      return { body };
    },
  ),
];

async function answer(
  { services, caller, parameters, body }: RouteCall<unknown, AnswerInput | undefined>,
  verdict: 'approve' | 'deny',
) {
  const { desk, registry } = services;
  const reason = body?.reason === '' ? undefined : body?.reason;
  if (verdict === 'deny' && reason === undefined)
    throw invalid('/reason', 'Expected a reason: the agent reads it.');
  const { id } = await own(services, parameters['id']!);
  const decision = { verdict, reason: reason ?? null, seen: body?.seen };
  const row = await desk.decide(id, approverOf(caller), decision);
  await recordEvent(registry, caller, `approval.${verdict}`, id, {
    reason: decision.reason,
    state: row.state,
  });
  return { body: await detail(services, caller, row) };
}

function detail({ registry, desk }: Services, caller: Caller, row: ApprovalRow) {
  return approvalDetail(registry.store, desk, row, approverOf(caller));
}

async function own({ registry, desk }: Services, id: string): Promise<ApprovalRow> {
  const row = await desk.get(id);
  if (!registry.seesRecord({ organization: row.organizationId, serverId: row.serverId }))
    throw new PortcullisError('PC_API_NOT_FOUND', { what: 'approval' });
  return row;
}

function approverOf(caller: Caller): Approver {
  const rank = caller.role === null ? -1 : ROLES.indexOf(caller.role);
  return { id: caller.person?.email ?? caller.name, via: 'api', holds: (role) => rank >= rankOf(role) };
}

/** A role that is not known is above all. */
function rankOf(role: string): number {
  const rank = ROLES.indexOf(role as Role);
  return rank === -1 ? ROLES.length : rank;
}

function matches(row: ApprovalRow, { state, server, grant, tool }: z.output<typeof approvalQuery>): boolean {
  return (
    (state === undefined || row.state === state) &&
    (server === undefined || row.serverId === server) &&
    (grant === undefined || row.grantId === grant) &&
    (tool === undefined || row.tool === tool)
  );
}
