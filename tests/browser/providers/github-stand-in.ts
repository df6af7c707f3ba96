/** As much of GitHub as signs one person in: its consent page, its token endpoint with PKCE, and its API for the profile. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface GithubPerson {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
  /** Addresses as `GET /user/emails` gives them; the profile itself shows none. */
  readonly emails: readonly {
    readonly email: string;
    readonly primary: boolean;
    readonly verified: boolean;
  }[];
}

interface Registered {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export function githubStandIn(app: Registered, who: () => GithubPerson) {
  const codes = new Map<string, { readonly challenge: string; readonly person: GithubPerson }>();
  const tokens = new Map<string, GithubPerson>();

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'https://github.com');
    const json = (body: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const bearer = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /login/oauth/authorize': {
        const asked = url.searchParams;
        if (asked.get('client_id') !== app.clientId || asked.get('redirect_uri') !== app.redirectUri)
          return json({ message: 'Not Found' }, 404);
        const back = (members: Record<string, string>): string => {
          const to = new URL(app.redirectUri);
          for (const [name, value] of Object.entries({ ...members, state: asked.get('state') ?? '' }))
            to.searchParams.set(name, value);
          return to.href.replaceAll('&', '&amp;');
        };
        const code = randomBytes(10).toString('hex');
        codes.set(code, { challenge: asked.get('code_challenge') ?? '', person: who() });
        const denied = {
          error: 'access_denied',
          error_description: 'The user has denied your application access.',
        };
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(
          `<a href="${back({ code })}">Authorize ${who().login}</a> <a href="${back(denied)}">Cancel</a>`,
        );
        return;
      }
      case 'POST /login/oauth/access_token': {
        let body = '';
        for await (const chunk of request) body += String(chunk);
        const form = new URLSearchParams(body);
        const grant = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const proof = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        const isApp =
          form.get('client_id') === app.clientId && form.get('client_secret') === app.clientSecret;
        if (grant === undefined || !isApp || grant.challenge !== proof)
          return json({ error: 'bad_verification_code' });
        const token = `gho_${randomBytes(18).toString('hex')}`;
        tokens.set(token, grant.person);
        const answer = { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' };
        // GitHub answers in a form unless JSON is asked for.
        if (/json/.test(request.headers.accept ?? '')) return json(answer);
        response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' });
        response.end(new URLSearchParams(answer).toString());
        return;
      }
      case 'GET /user':
      case 'GET /user/emails': {
        const person = tokens.get(bearer);
        if (person === undefined) return json({ message: 'Bad credentials' }, 401);
        const { emails, ...profile } = person;
        return json(url.pathname === '/user' ? { ...profile, email: null, avatar_url: '' } : emails);
      }
      default:
        return json({ message: 'Not Found' }, 404);
    }
  };
}
