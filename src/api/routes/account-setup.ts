/** How accounts come to be: by the owner link, or by an invitation. */
import { z } from 'zod';
import { route } from '../contract.ts';
import { email, password, personName } from '../shapes/account.ts';
import { memberRole, timeText, time } from '../shapes/values.ts';

const joined = z.strictObject({ personId: z.string() });

export const accountSetupRoutes = [
  route(
    {
      method: 'GET',
      path: '/sign-in-options',
      role: 'anyone',
      summary: 'Which ways to sign in there are',
      status: 200,
      answer: z.strictObject({
        setup: z.boolean().meta({ description: 'No account exists yet: the owner link makes the first one' }),
        mail: z.boolean().meta({ description: 'Without a mail server the operator finds links in the log' }),
        providers: z.array(z.strictObject({ id: z.enum(['google', 'github', 'oidc']), name: z.string() })),
      }),
    },
    async ({ services: { accounts } }) => {
      const { settings, store } = accounts.options;
      const { google, github, oidc } = settings;
      const providers = [
        ...(google === undefined ? [] : [{ id: 'google', name: 'Google' }]),
        ...(github === undefined ? [] : [{ id: 'github', name: 'GitHub' }]),
        ...(oidc === undefined ? [] : [{ id: 'oidc', name: oidc.name }]),
      ];
      const setup = (await store.accounts.people.count()) === 0;
      return { body: { setup, mail: settings.smtpUrl !== undefined, providers } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/setup',
      role: 'anyone',
      body: z.strictObject({ token: z.string().max(200), name: personName, email, password }),
      summary: "Makes the owner's account by the owner link, and signs in",
      status: 201,
      answer: joined,
    },
    async ({ services: { accounts }, request, address, body: { token, ...person } }) => {
      const { personId, setCookie } = await accounts.setup(request, address, token, person);
      return { body: { personId }, setCookie };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/join/{invitation}',
      role: 'anyone',
      summary: 'What an invitation is for',
      status: 200,
      answer: z.strictObject({
        email: z.string(),
        organization: z.string(),
        role: memberRole,
        expiresAt: time,
        hasAccount: z.boolean().meta({ description: 'Sign in and accept; otherwise an account is made' }),
      }),
    },
    async ({ services: { accounts }, address, parameters }) => {
      const { invitation, organization, hasAccount } = await accounts.invitation(
        parameters['invitation']!,
        address,
      );
      const { email: invited, role, expiresAt } = invitation;
      return { body: { email: invited, organization, role, expiresAt: timeText(expiresAt), hasAccount } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/join/{invitation}',
      role: 'anyone',
      body: z.strictObject({ name: personName, password }),
      summary: 'Makes an account by an invitation, and signs in',
      status: 201,
      answer: joined,
    },
    async ({ services: { accounts }, request, address, parameters, body }) => {
      const { personId, setCookie } = await accounts.join(request, address, parameters['invitation']!, body);
      return { body: { personId }, setCookie };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/join/{invitation}/accept',
      role: 'person',
      summary: 'Accepts an invitation to the address that one is signed in with',
      status: 204,
    },
    async ({ services: { accounts }, caller, address, parameters }) => {
      await accounts.accept(caller.person, parameters['invitation']!, address);
      return {};
    },
  ),
];
