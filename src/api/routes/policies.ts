import {
  createPolicy,
  removePolicy,
  requirePolicy,
  requireServer,
  rollbackPolicy,
  savePolicy,
} from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';
import {
  policyChange,
  policyInput,
  policyShape,
  policyVersionShape,
  rollbackInput,
  showPolicy,
  showVersion,
} from '../shapes/policy.ts';

/** More versions than a policy will ever have. */
const VERSIONS = 1e12;

export const policyRoutes = [
  route(
    {
      method: 'GET',
      path: '/servers/{id}/policies',
      role: 'viewer',
      summary: "A server's policies",
      query: pageQuery,
      status: 200,
      answer: pageShape(policyShape),
    },
    async ({ services: { registry }, parameters, query }) => {
      const server = await requireServer(registry, parameters['id']!);
      const rows = await registry.store.policies.list(server.id);
      return {
        body: pageOf(
          rows,
          query,
          ({ name, id }) => `${name}\n${id}`,
          (row) => showPolicy(row),
        ),
      };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/servers/{id}/policies',
      role: 'policy_manager',
      summary: 'A new policy',
      body: policyInput,
      status: 201,
      answer: policyShape,
      changes: true,
    },
    async ({ services: { registry }, caller, parameters, body }) => {
      const { row, notes } = await createPolicy(registry, caller, parameters['id']!, body);
      return { body: showPolicy(row, notes), version: row.version, location: `/policies/${row.id}` };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/policies/{id}',
      role: 'viewer',
      summary: 'The current version',
      status: 200,
      answer: policyShape,
    },
    async ({ services: { registry }, parameters }) => {
      const row = await requirePolicy(registry, parameters['id']!);
      return { body: showPolicy(row), version: row.version };
    },
  ),
  route(
    {
      method: 'PUT',
      path: '/policies/{id}',
      role: 'policy_manager',
      summary: 'Saves a new version',
      body: policyChange,
      status: 200,
      answer: policyShape,
      changes: true,
      versioned: true,
    },
    async ({ services: { registry }, caller, parameters, body, expectedVersion }) => {
      const { row, notes } = await savePolicy(registry, caller, parameters['id']!, body, expectedVersion);
      return { body: showPolicy(row, notes), version: row.version };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/policies/{id}',
      role: 'policy_manager',
      status: 204,
      changes: true,
      versioned: true,
      summary: 'Removes a policy; its grants deny every call afterwards',
    },
    async ({ services: { registry }, caller, parameters, expectedVersion }) => {
      await removePolicy(registry, caller, parameters['id']!, expectedVersion);
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/policies/{id}/versions',
      role: 'viewer',
      summary: 'Every version, newest first',
      query: pageQuery,
      status: 200,
      answer: pageShape(policyVersionShape),
    },
    async ({ services: { registry }, parameters, query }) => {
      const { id } = await requirePolicy(registry, parameters['id']!);
      const rows = await registry.store.policies.versions(id);
      return { body: pageOf(rows, query, ({ version }) => String(VERSIONS - version), showVersion) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/policies/{id}/rollback',
      role: 'policy_manager',
      body: rollbackInput,
      summary: 'Saves an earlier version as the newest',
      status: 200,
      answer: policyShape,
      changes: true,
      versioned: true,
    },
    async ({ services: { registry }, caller, parameters, body, expectedVersion }) => {
      const { row, notes } = await rollbackPolicy(
        registry,
        caller,
        parameters['id']!,
        body.version,
        expectedVersion,
      );
      return { body: showPolicy(row, notes), version: row.version };
    },
  ),
];
