import type { KnownToolView } from '../gateway/index.ts';
import type { Io } from './io.ts';
import { printList } from './print.ts';

/** A server's tools with what counts of each, or all that is known as JSON. */
export function printTools(io: Io, asJson: boolean | undefined, tools: readonly KnownToolView[]): void {
  printList(io, asJson, tools, [
    ['TOOL', ({ name }) => name],
    ['CLASS', (tool) => (tool.classOverride === null ? tool.class : `${tool.class} (yours)`)],
    ['SEVERITY', ({ severity }) => severity],
    ['DEFINITION', ({ drifted }) => (drifted ? 'changed since it was pinned' : 'as pinned')],
  ]);
}
