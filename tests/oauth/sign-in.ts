/** A person with a browser: follows redirects, keeps cookies, fills in the sign-in and consent forms. */

/**
 * Opens an authorization address and signs in.
 * @param stopAt the redirect that is not followed: what it leads to is the answer
 * @param login as whom
 */
export async function signIn(address: string, stopAt: string, login = 'alice'): Promise<URL> {
  const jar = new Map<string, string>();
  let request: { url: string; form?: URLSearchParams } = { url: address };
  for (let step = 0; step < 20; step++) {
    const answer = await fetch(request.url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(request.form === undefined ? {} : { method: 'POST', body: request.form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      jar.set(name!, value!);
    }
    const location = answer.headers.get('location');
    const body = await answer.text();
    if (location !== null) {
      const next = new URL(location, request.url);
      if (next.href.startsWith(stopAt)) return next;
      request = { url: next.href };
      continue;
    }
    const action = /<form[^>]* action="([^"]+)"/.exec(body)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(body)?.[1];
    if (action === undefined || prompt === undefined)
      throw new Error(`${request.url}: ${answer.status} ${body.slice(0, 2000)}`);
    const form = new URLSearchParams({ prompt, login, password: 'x' });
    request = { url: new URL(action, request.url).href, form };
  }
  throw new Error('the sign-in does not end');
}
