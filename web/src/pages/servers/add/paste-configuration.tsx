import { useMemo, useState } from 'react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { CONFIGURATION } from '../../../api/changed.ts';
import { counted } from '../../../lib/number-text.ts';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { FoundRow, type Progress } from './found-row.tsx';
import { readConfiguration } from './read-configuration.ts';
import { register } from './register.ts';

const EXAMPLE = `{
  "mcpServers": {
    "orgo": { "url": "https://example.com/mcp", "headers": { "X-API-Key": "…" } }
  }
}`;

export function PasteConfiguration() {
  const [text, setText] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [progress, setProgress] = useState<Readonly<Record<string, Progress>>>({});
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/shell/servers/add' });
  const { servers, problem } = useMemo(() => readConfiguration(text), [text]);
  const chosen = servers.filter(
    ({ name, input }) => input !== undefined && !left.has(name) && progress[name]?.state !== 'added',
  );
  const added = Object.values(progress).filter(({ state }) => state === 'added').length;

  const addAll = async (): Promise<void> => {
    setBusy(true);
    let first: string | undefined;
    for (const { name, input } of chosen) {
      setProgress((now) => ({ ...now, [name]: { state: 'adding' } }));
      const outcome = await register(input!).then(
        ({ server, toolCount, error }): Progress => {
          first ??= server.id;
          return { state: 'added', toolCount, error };
        },
        (error: unknown): Progress => ({ state: 'failed', error }),
      );
      setProgress((now) => ({ ...now, [name]: outcome }));
    }
    await Promise.all(CONFIGURATION.map((queryKey) => client.invalidateQueries({ queryKey })));
    setBusy(false);
    if (next === 'start' && first !== undefined) await navigate({ to: '/start', search: { server: first } });
  };

  return (
    <div className="space-y-4">
      <Field
        label="Configuration"
        hint="The file of Claude Desktop, Claude Code, Cursor, VS Code or Windsurf. It is read in this browser; headers become sealed headers of each server."
        error={problem}
      >
        {(ids) => <TextArea {...ids} mono rows={10} placeholder={EXAMPLE} value={text} onChange={setText} />}
      </Field>
      {servers.length > 0 && (
        <ul className="divide-y rounded-md border">
          {servers.map((server) => (
            <FoundRow
              key={server.name}
              server={server}
              chosen={!left.has(server.name)}
              progress={progress[server.name]}
              onChoose={(chosen) => setLeft((now) => toggled(now, server.name, !chosen))}
            />
          ))}
        </ul>
      )}
      {added > 0 && !busy && (
        <Notice
          tone="good"
          title={`${counted(added, 'server')} added`}
          action={
            <Link to="/servers" className={buttonClasses('plain', true)}>
              Show them
            </Link>
          }
        >
          Remove them from the client's own configuration, so that it reaches them through the gateway only.
        </Notice>
      )}
      <Button look="main" busy={busy} disabled={chosen.length === 0} onClick={() => void addAll()}>
        {chosen.length === 0 ? 'Add servers' : `Add ${counted(chosen.length, 'server')}`}
      </Button>
    </div>
  );
}

function toggled(set: ReadonlySet<string>, name: string, present: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (present) next.add(name);
  else next.delete(name);
  return next;
}
