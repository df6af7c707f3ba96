import type { Tool } from '../../../api/types.ts';
import { Badge } from '../../../ui/badge.tsx';
import { ClassBadge } from '../../../ui/class-badge.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';

const SHOWN = 220;

export function ToolRow({ tool, onOpen }: { readonly tool: Tool; readonly onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full items-start justify-between gap-3 px-4 py-2.5 text-left -outline-offset-2 hover:bg-hover"
    >
      <span className="min-w-0">
        <span className="block font-mono text-[0.8125rem] font-semibold">
          <Untrusted text={tool.name} most={120} />
        </span>
        <span className="line-clamp-1 text-[0.8125rem] text-soft">
          <Untrusted text={tool.definition.description ?? 'No description'} most={SHOWN} />
        </span>
      </span>
      <span className="flex shrink-0 flex-wrap justify-end gap-1">
        {tool.drifted && <Badge tone="warn">Changed</Badge>}
        <ClassBadge name={tool.class} />
      </span>
    </button>
  );
}
