import { useDeferredValue } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { RefreshCw, Wrench } from 'lucide-react';
import { CONFIGURATION } from '../../../api/changed.ts';
import { toolsQuery } from '../../../api/queries/servers.ts';
import { call } from '../../../api/call.ts';
import type { Server, Tool, ToolClass } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';
import { counted } from '../../../lib/number-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SearchBox } from '../../../ui/search-box.tsx';
import { Select } from '../../../ui/select.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { CLASS_CHOICES } from './class-choices.ts';
import { ToolDrawer } from './tool-drawer.tsx';
import { ToolRow } from './tool-row.tsx';

export function ToolsTab({ server }: { readonly server: Server }) {
  const { may } = useMe();
  const tools = useQuery(toolsQuery(server.id));
  const refresh = useChange({
    run: () => call('POST /servers/{id}/tools/refresh', { path: { id: server.id }, query: { limit: 1 } }),
    touches: CONFIGURATION,
    done: 'The tools are as the server lists them now.',
  });
  const ask = may('policy_manager') && (
    <Button small busy={refresh.isPending} onClick={() => refresh.mutate(undefined)}>
      {!refresh.isPending && <RefreshCw aria-hidden className="size-3.5" />}
      Ask the server now
    </Button>
  );
  return (
    <div className="space-y-4">
      {refresh.isError && (
        <ProblemNotice
          error={refresh.error}
          what="The server did not list its tools. Check its URL and headers under Settings"
          onRetry={() => refresh.mutate(undefined)}
        />
      )}
      <Shown query={tools} what="The tools could not be read">
        {(all) =>
          all.length === 0 ? (
            <Card>
              <EmptyState icon={Wrench} title="No tools are known yet" action={ask}>
                The server has not been asked, or it did not answer. Ask it now; what is wrong then shows
                here.
              </EmptyState>
            </Card>
          ) : (
            <ToolList server={server} tools={all} ask={ask} />
          )
        }
      </Shown>
    </div>
  );
}

function ToolList({
  server,
  tools,
  ask,
}: {
  readonly server: Server;
  readonly tools: readonly Tool[];
  readonly ask: React.ReactNode;
}) {
  const { tool: open, ...others } = useSearch({ from: '/shell/servers/$server' });
  const { text = '', class: only = '' } = others;
  const navigate = useNavigate({ from: '/servers/$server' });
  const filter = (next: { readonly text: string; readonly class: string }): void =>
    void navigate({
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')),
      replace: true,
    });
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = tools.filter(
    (tool) =>
      (only === '' || tool.class === only) &&
      `${tool.name} ${tool.definition.description ?? ''}`.toLowerCase().includes(wanted),
  );
  const opened = tools.find((tool) => tool.name === open);
  return (
    <>
      <Card
        flush
        title={counted(shown.length, 'tool')}
        actions={
          <div className="flex flex-1 flex-wrap items-center justify-end gap-2 max-sm:basis-full max-sm:justify-between">
            <div className="flex flex-1 justify-end max-sm:basis-full">
              <SearchBox
                label="Search tools"
                value={text}
                onChange={(next) => filter({ text: next, class: only })}
              />
            </div>
            <div className="w-36">
              <Select
                aria-label="Class"
                value={only as ToolClass | ''}
                onChange={(next) => filter({ text, class: next })}
                choices={CLASS_CHOICES}
              />
            </div>
            {ask}
          </div>
        }
      >
        {shown.length === 0 ? (
          <p className="p-6 text-center text-soft">No tool fits: change the search or the class.</p>
        ) : (
          <VirtualList
            label="Tools"
            items={shown}
            keyOf={(tool) => tool.name}
            estimate={64}
            className="max-h-[calc(100dvh-18rem)] min-h-60"
            row={(tool) => (
              <ToolRow tool={tool} onOpen={() => void navigate({ search: { ...others, tool: tool.name } })} />
            )}
          />
        )}
      </Card>
      {opened && (
        <ToolDrawer
          server={server}
          tool={opened}
          onClose={() => void navigate({ search: others, replace: true })}
        />
      )}
    </>
  );
}
