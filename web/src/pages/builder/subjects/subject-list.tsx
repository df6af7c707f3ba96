import { useDeferredValue, useState } from 'react';
import type { ToolClass } from '../../../api/types.ts';
import { effectOn } from '../../../policy/effect.ts';
import type { Subject } from '../../../policy/states.ts';
import { Card } from '../../../ui/card.tsx';
import { ClassBadge } from '../../../ui/class-badge.tsx';
import { SearchBox } from '../../../ui/search-box.tsx';
import { Select } from '../../../ui/select.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { EFFECT_LOOKS } from '../../policies/effect-looks.ts';
import { CLASS_CHOICES } from '../../server/tools/class-choices.ts';
import { useBuilder } from '../builder-context.ts';
import { SubjectRow } from './subject-row.tsx';
import { WideSubjects } from './wide-subjects.tsx';

/** Everything that a policy can name: all tools, classes, patterns, and each tool of the server. */
export function SubjectList({
  chosen,
  onChoose,
}: {
  readonly chosen: Subject | null;
  readonly onChoose: (subject: Subject) => void;
}) {
  const { tools, document } = useBuilder();
  const [text, setText] = useState('');
  const [only, setOnly] = useState<ToolClass | ''>('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = tools.filter(
    (tool) => (only === '' || tool.class === only) && tool.name.toLowerCase().includes(wanted),
  );
  return (
    <div className="min-w-0 space-y-4">
      <WideSubjects chosen={chosen} onChoose={onChoose} />
      <Card flush title={`Tools (${tools.length})`}>
        <div className="flex gap-2 border-b p-2">
          <SearchBox label="Find" value={text} onChange={setText} />
          <div className="w-34 shrink-0">
            <Select aria-label="Class" value={only} onChange={setOnly} choices={CLASS_CHOICES} />
          </div>
        </div>
        {shown.length === 0 ? (
          <p className="p-4 text-center text-soft">
            {tools.length === 0
              ? 'The server has not listed its tools. Patterns and classes work all the same.'
              : 'No tool fits.'}
          </p>
        ) : (
          <VirtualList
            label="Tools of the server"
            items={shown}
            keyOf={(tool) => tool.name}
            estimate={54}
            className="max-h-[26rem] xl:max-h-[calc(100dvh-27rem)] xl:min-h-72"
            row={(tool) => {
              const effect = EFFECT_LOOKS[effectOn(document, tool).kind];
              return (
                <SubjectRow
                  subject={tool.name}
                  label={<Untrusted text={tool.name} most={120} />}
                  chosen={chosen === tool.name}
                  onChoose={() => onChoose(tool.name)}
                  below={
                    <span className="mt-0.5 flex items-center gap-2 text-xs">
                      <ClassBadge name={tool.class} />
                      <span className={`tone-${effect.tone} text-(--tone)`}>{effect.text}</span>
                    </span>
                  }
                />
              );
            }}
          />
        )}
      </Card>
    </div>
  );
}
