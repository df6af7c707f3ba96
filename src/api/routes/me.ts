import { route } from '../contract.ts';
import { meShape } from '../shapes/account.ts';
import { timeTextOrNull } from '../shapes/values.ts';

export const meRoutes = [
  route(
    {
      method: 'GET',
      path: '/me',
      role: 'person',
      summary: 'Who is signed in, their organizations and the one that requests act in',
      status: 200,
      answer: meShape,
    },
    async ({ services: { registry }, caller }) => {
      const { person, role, organization, memberships = [], name } = caller;
      const shown =
        organization === null ? undefined : await registry.store.accounts.organizations.get(organization);
      return {
        body: {
          person:
            person === undefined
              ? null
              : {
                  id: person.personId,
                  name: person.name,
                  email: person.email,
                  emailVerified: person.emailVerified,
                  twoFactorEnabled: person.twoFactorEnabled,
                },
          caller: name,
          role,
          organization: organization === null ? null : { id: organization, name: shown?.name ?? '' },
          organizations: memberships.map((one) => ({
            id: one.organizationId,
            name: one.organizationName,
            role: one.role,
          })),
          sessionExpiresAt: timeTextOrNull(person?.expiresAt ?? null),
        },
      };
    },
  ),
];
