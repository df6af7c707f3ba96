import { useState, type FormEvent } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CONFIGURATION } from '../../../api/changed.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useChange } from '../../../api/use-change.ts';
import { counted } from '../../../lib/number-text.ts';
import { announce } from '../../../ui/announcer.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { AuthFields, authBody, NO_AUTH, type AuthChoice } from '../auth-fields.tsx';
import { HeaderRows, type HeaderRow } from './header-rows.tsx';
import { register } from './register.ts';

type Transport = 'http' | 'sse';

/** What is known of a server before somebody writes anything. */
export interface Prefilled {
  readonly name: string;
  readonly url: string;
  readonly transport: Transport;
}

export function AddByUrl({ prefilled }: { readonly prefilled?: Prefilled | undefined }) {
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/shell/servers/add' });
  const [url, setUrl] = useState(prefilled?.url ?? '');
  const [name, setName] = useState(prefilled?.name ?? '');
  const [transport, setTransport] = useState<Transport>(prefilled?.transport ?? 'http');
  const [auth, setAuth] = useState<AuthChoice>(NO_AUTH);
  const [headers, setHeaders] = useState<readonly HeaderRow[]>([]);
  const add = useChange({
    run: register,
    touches: CONFIGURATION,
    onDone: ({ server, toolCount, error }) => {
      if (server.auth.status === 'needs-sign-in')
        return void navigate({
          to: '/servers/$server',
          params: { server: server.slug },
          search: { tab: 'access' },
        });
      if (toolCount === undefined)
        announce(`Added, but it does not answer: ${(error as Error).message}`, 'bad');
      else announce(`${server.name} was added; it has ${counted(toolCount, 'tool')}.`);
      void (next === 'start'
        ? navigate({ to: '/start', search: { server: server.id } })
        : navigate({ to: '/servers/$server', params: { server: server.slug } }));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = headers.filter((row) => row.name !== '');
    add.mutate({
      name: name === '' ? nameFrom(url) : name,
      url,
      transport,
      ...(auth.kind === 'headers' ? {} : { auth: authBody(auth) }),
      ...(given.length === 0
        ? {}
        : { headers: Object.fromEntries(given.map((row) => [row.name, row.value])) }),
    });
  };
  const problem = add.error instanceof ApiProblem ? add.error : undefined;
  const at = (pointer: string): string | undefined =>
    problem?.places.find((place) => place.pointer === pointer)?.message;
  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label="URL"
        hint="Where the server speaks MCP, such as https://example.com/mcp"
        error={at('/url')}
      >
        {(ids) => <TextInput {...ids} required autoFocus type="url" mono value={url} onChange={setUrl} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Name"
          optional
          error={at('/name')}
          hint={
            name === '' && url !== ''
              ? `Taken from the address: ${nameFrom(url)}`
              : 'Clients see it in their address'
          }
        >
          {(ids) => <TextInput {...ids} value={name} onChange={setName} maxLength={200} />}
        </Field>
        <Field label="Transport">
          {(ids) => (
            <Select
              {...ids}
              value={transport}
              onChange={setTransport}
              choices={[
                { value: 'http', text: 'Streamable HTTP' },
                { value: 'sse', text: 'HTTP+SSE (older servers)' },
              ]}
            />
          )}
        </Field>
      </div>
      <AuthFields value={auth} onChange={setAuth} />
      <HeaderRows rows={headers} onChange={setHeaders} />
      {add.isError && <ProblemNotice error={add.error} what="The server could not be added" />}
      <Button look="main" type="submit" busy={add.isPending}>
        {add.isPending ? 'Asking for its tools…' : 'Add the server'}
      </Button>
    </form>
  );
}

/** The telling part of a host name. */
function nameFrom(url: string): string {
  if (!URL.canParse(url)) return 'server';
  const parts = new URL(url).hostname
    .split('.')
    .filter((part) => !/^(www|mcp|api|com|org|net|io|dev|ai|app)$/.test(part));
  return parts[0] === undefined || /^\d+$/.test(parts[0]) ? new URL(url).hostname : parts[0];
}
