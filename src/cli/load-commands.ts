import type { AddCommand } from './program.ts';
import { tuneForStart } from './tune-garbage-collection.ts';

/** The commands to choose from. A gateway starts with its own alone: what the others need would cost it time and memory. */
export async function loadCommands(name: string | undefined): Promise<readonly AddCommand[]> {
  if (name === 'start') {
    const { startCommand } = await import('./start.ts');
    // Not before: V8's code cache is for the flags that it was made under.
    tuneForStart();
    return [startCommand];
  }
  if (name === 'wrap') return [(await import('./wrap.ts')).wrapCommand];
  const [{ startCommand }, { wrapCommand }, { mcpCommand }, { addCommands }] = await Promise.all([
    import('./start.ts'),
    import('./wrap.ts'),
    import('./mcp.ts'),
    import('./commands/add-commands.ts'),
  ]);
  return [startCommand, wrapCommand, mcpCommand, addCommands];
}
