import type { Tool } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';

const policyText = (rest: object): string =>
  `${JSON.stringify({ version: '1', default: 'deny', ...rest }, null, 2)}\n`;

/** Ready-made beginnings; what they replace can be had back by undo. */
export function StartFrom({
  tools,
  onChoose,
}: {
  readonly tools: readonly Tool[];
  readonly onChoose: (text: string) => void;
}) {
  const recommend = async (): Promise<void> => {
    const { recommendedText } = await import('./recommended-text.ts');
    onChoose(recommendedText(tools));
  };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2 text-[0.8125rem]">
      <span className="text-soft">Start from</span>
      <Button small onClick={() => onChoose(policyText({}))}>
        Everything denied
      </Button>
      <Button small onClick={() => onChoose(policyText({ tools: { '@read': {} } }))}>
        Reading only
      </Button>
      <Button
        small
        onClick={() =>
          onChoose(
            policyText({
              hide: ['@destructive'],
              tools: {
                '@read': {},
                '@write': {},
                '@execute': {},
                '@financial': { approve_if: [{ conditions: [] }] },
              },
            }),
          )
        }
      >
        All but what destroys, asking about money
      </Button>
      {tools.length > 0 && (
        <Button small onClick={() => void recommend()}>
          What is recommended for each tool
        </Button>
      )}
    </div>
  );
}
