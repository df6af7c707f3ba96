import { createAlert, patchAlert, removeAlert, requireAlert } from '../../alerts/index.ts';
import { route } from '../contract.ts';
import { pageOf, pageQuery, pageShape } from '../page.ts';
import {
  alertDetailShape,
  alertInput,
  alertPatch,
  alertShape,
  alertWithSecretShape,
  showAlert,
  showDelivery,
} from '../shapes/alert.ts';

export const alertRoutes = [
  route(
    {
      method: 'GET',
      path: '/alerts',
      role: 'viewer',
      summary: 'Who is told what',
      query: pageQuery,
      status: 200,
      answer: pageShape(alertShape),
    },
    async ({ services: { registry }, query }) => ({
      body: pageOf(await registry.store.alerts.list(registry.organization), query, ({ id }) => id, showAlert),
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/alerts',
      role: 'admin',
      summary: 'Tells a channel of events; the secret that signs a webhook is shown this once',
      body: alertInput,
      status: 201,
      answer: alertWithSecretShape,
    },
    async ({ services: { registry, alerts }, caller, body }) => {
      const { row, secret } = await createAlert(registry, caller, body, alerts.hasMail);
      return {
        body: { ...showAlert(row), ...(secret === undefined ? {} : { secret }) },
        location: `/alerts/${row.id}`,
      };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/alerts/{id}',
      role: 'viewer',
      summary: 'One alert, with its latest deliveries',
      status: 200,
      answer: alertDetailShape,
    },
    async ({ services: { registry }, parameters }) => {
      const row = await requireAlert(registry, parameters['id']!);
      const deliveries = await registry.store.alerts.deliveries(row.id);
      return { body: { ...showAlert(row), deliveries: deliveries.map(showDelivery) } };
    },
  ),
  route(
    {
      method: 'PATCH',
      path: '/alerts/{id}',
      role: 'admin',
      summary: 'Changes an alert; what is not named stays',
      body: alertPatch,
      status: 200,
      answer: alertShape,
    },
    async ({ services: { registry, alerts }, caller, parameters, body }) => ({
      body: showAlert(await patchAlert(registry, caller, parameters['id']!, body, alerts.hasMail)),
    }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/alerts/{id}',
      role: 'admin',
      summary: 'Removes an alert, and what it had still to deliver',
      status: 204,
    },
    async ({ services: { registry }, caller, parameters }) => {
      await removeAlert(registry, caller, parameters['id']!);
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/alerts/{id}/test',
      role: 'policy_manager',
      summary: 'Sends a test message now; the answer says how it went',
      status: 200,
      answer: alertDetailShape,
    },
    async ({ services: { registry, alerts }, parameters }) => {
      const row = await requireAlert(registry, parameters['id']!);
      await alerts.test(row.id);
      const deliveries = await registry.store.alerts.deliveries(row.id);
      return { body: { ...showAlert(row), deliveries: deliveries.map(showDelivery) } };
    },
  ),
];
