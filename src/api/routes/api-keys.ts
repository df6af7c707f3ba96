import { listApiKeys, mintApiKey, removeApiKey } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';
import { apiKeyInput, apiKeyShape, apiKeyWithSecretShape, showApiKey } from '../shapes/account.ts';

export const apiKeyRoutes = [
  route(
    {
      method: 'GET',
      path: '/api-keys',
      role: 'admin',
      summary: 'Keys for this API, without their secrets',
      query: pageQuery,
      status: 200,
      answer: pageShape(apiKeyShape),
    },
    async ({ services: { registry }, query }) => ({
      body: pageOf(await listApiKeys(registry), query, ({ id }) => id, showApiKey),
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/api-keys',
      role: 'admin',
      summary: 'A new key; the answer has its secret, once',
      body: apiKeyInput,
      status: 201,
      answer: apiKeyWithSecretShape,
      changes: true,
    },
    async ({ services: { registry }, caller, body: { label, role, expiresAt = null } }) => {
      const { row, key } = await mintApiKey(registry, caller, { label, role, expiresAt });
      return { body: { ...showApiKey(row), key } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/api-keys/{id}',
      role: 'admin',
      summary: 'Ends a key',
      status: 204,
      changes: true,
    },
    async ({ services: { registry }, caller, parameters }) => {
      await removeApiKey(registry, caller, parameters['id']!);
      return {};
    },
  ),
];
