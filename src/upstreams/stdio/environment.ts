/** The environment of a child: a small clean base and what the server is registered with. The gateway's own secrets stay out. */

const BASE = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TERM', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

export function childEnvironment(
  configured: Readonly<Record<string, string>>,
  inherit: readonly string[] = BASE,
  own: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherit) {
    const value = own[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...configured };
}
