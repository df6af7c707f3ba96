import type { AddCommand } from './program.ts';
import { tuneForCommands } from './tune-garbage-collection.ts';

/** The commands to choose from. A gateway starts with its own alone: what the others need would cost it time and memory. */
export async function loadCommands(name: string | undefined): Promise<readonly AddCommand[]> {
  if (name === 'start') return [(await import('./start.ts')).startCommand];
  const commands = name === 'wrap' ? [(await import('./wrap.ts')).wrapCommand] : await allCommands();
  tuneForCommands();
  return commands;
}

async function allCommands(): Promise<readonly AddCommand[]> {
  const [{ startCommand }, { wrapCommand }, { mcpCommand }, { addCommands }] = await Promise.all([
    import('./start.ts'),
    import('./wrap.ts'),
    import('./mcp.ts'),
    import('./commands/add-commands.ts'),
  ]);
  return [startCommand, wrapCommand, mcpCommand, addCommands];
}
