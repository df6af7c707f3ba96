/**
 * better-auth as we use it: sessions, passwords, magic links, providers and second factors over our own tables. Loaded at
 * the first request that concerns it, because a gateway that only relays calls needs none of it.
 */
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Kysely } from 'kysely';
import { genericOAuth, magicLink, organization } from 'better-auth/plugins';
import { ADDRESS_HEADER } from './address-header.ts';
import { BASE_PATH } from './doors.ts';
import { joinInvited } from './join-invited.ts';
import { secondFactor } from './second-factor.ts';
import { accountsSecret } from './secret.ts';
import { sendMail } from './send-mail.ts';
import { socialProviders } from './social-providers.ts';
import type { AccountOptions } from './types.ts';

const DAY_S = 86_400;
const LINK_S = 15 * 60;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

/** E-mail addresses for which an account may be made right now, without an invitation. */
export type Admitted = Set<string>;

export type Library = Awaited<ReturnType<typeof createLibrary>>;

/** @throws PC_MASTER_KEY, PC_STORE_UNAVAILABLE */
export async function createLibrary(options: AccountOptions, admitted: Admitted) {
  const { store, settings, logger, publicUrl } = options;
  const secret = await accountsSecret(store, options.box, options.random);
  return betterAuth({
    appName: 'Portcullis',
    baseURL: publicUrl,
    basePath: BASE_PATH,
    secret,
    trustedOrigins: [publicUrl],
    telemetry: { enabled: false },
    logger: { log: (level, message) => level === 'error' && logger.error({}, `accounts: ${message}`) },
    // One kind of column for both databases: times as text, flags as 0 and 1.
    database: { db: store.accounts.database as Kysely<unknown>, type: 'sqlite' },
    advanced: {
      // Said, because the library drops both when it believes that it is being tested.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: 'portcullis',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { validateSchema: false },
    },
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    // Ours counts for all nodes, and by account.
    rateLimit: { enabled: false },
    user: { modelName: 'users' },
    account: { modelName: 'accounts', encryptOAuthTokens: true },
    verification: { modelName: 'verifications' },
    session: { modelName: 'sessions', expiresIn: 7 * DAY_S, updateAge: DAY_S, freshAge: DAY_S },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: LINK_S,
      async sendResetPassword({ user, url }) {
        await sendMail(settings, logger, {
          to: user.email,
          subject: 'Reset your Portcullis password',
          text: 'Somebody asked to reset your password. This link does it, within 15 minutes:',
          link: url,
        });
      },
    },
    ...socialProviders(settings),
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        schema: {
          organization: { modelName: 'organizations' },
          member: { modelName: 'members' },
          invitation: { modelName: 'invitations' },
        },
      }),
      secondFactor(publicUrl),
      magicLink({
        expiresIn: LINK_S,
        storeToken: 'hashed',
        async sendMagicLink({ email, url }) {
          if (!(await isExpected(email))) return;
          await sendMail(settings, logger, {
            to: email,
            subject: 'Sign in to Portcullis',
            text: 'This link signs you in, once, within 15 minutes:',
            link: url,
          });
        },
      }),
      ...(settings.oidc === undefined
        ? []
        : [
            genericOAuth({
              config: [
                {
                  providerId: 'oidc',
                  name: settings.oidc.name,
                  discoveryUrl: `${settings.oidc.issuer}/.well-known/openid-configuration`,
                  clientId: settings.oidc.clientId,
                  clientSecret: settings.oidc.clientSecret,
                  scopes: ['openid', 'email', 'profile'],
                  pkce: true,
                  requireIdTokenVerification: true,
                  // Some providers write flags as text, and the library would take "false" for a yes.
                  mapProfileToUser: ({ email_verified: said }) => ({
                    emailVerified: said === true || said === 'true',
                  }),
                },
              ],
            }),
          ]),
    ],
    databaseHooks: {
      user: {
        create: {
          async before(user) {
            if (admitted.has(user.email.toLowerCase())) return;
            if (!(await isExpected(user.email)))
              throw new APIError('FORBIDDEN', {
                code: 'NOT_INVITED',
                message: 'This address was not invited.',
              });
            // A provider's word for whose address it is: without it somebody could take the place of the invited.
            if (!user.emailVerified)
              throw new APIError('FORBIDDEN', {
                code: 'EMAIL_NOT_VERIFIED',
                message: 'The provider has not verified this address.',
              });
          },
          async after(user) {
            if (user.emailVerified) await joinInvited(options, user);
          },
        },
      },
      session: {
        create: {
          async before(session) {
            const [first] = await store.accounts.members.of(session.userId);
            return { data: { ...session, activeOrganizationId: first?.organizationId ?? null } };
          },
        },
      },
    },
  });

  async function isExpected(email: string): Promise<boolean> {
    const { people, invitations } = store.accounts;
    return (await people.byEmail(email)) !== undefined || (await invitations.forEmail(email)).length > 0;
  }
}
