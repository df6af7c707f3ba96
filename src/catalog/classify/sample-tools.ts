/** The tool names of two well-known servers with texts written for these tests. */
import type { JsonObject } from '../../json.ts';
import type { ToolClass } from '../../policy/index.ts';

export interface SampleTool {
  readonly is: ToolClass;
  readonly definition: JsonObject & { readonly name: string };
}

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };

function tool(
  is: ToolClass,
  name: string,
  description: string,
  properties: JsonObject = {},
  required: readonly string[] = [],
): SampleTool {
  return { is, definition: { name, description, inputSchema: { type: 'object', properties, required } } };
}

const computer = { computer_id: text };
const workspace = { workspace_id: text };

export const ORGO_TOOLS: readonly SampleTool[] = [
  tool('Read', 'orgo_list_workspaces', 'Shows every workspace of the account.', { limit: count }),
  tool('Write', 'orgo_create_workspace', 'Makes an empty workspace.', { name: text }, ['name']),
  tool('Read', 'orgo_get_workspace', 'Fetches one workspace.', workspace),
  tool('Read', 'orgo_workspace_by_name', 'Finds a workspace when only its name is known.', { name: text }),
  tool(
    'Destructive',
    'orgo_delete_workspace',
    'Removes a workspace with all machines in it, for good.',
    workspace,
  ),
  tool('Read', 'orgo_list_computers', 'Shows the machines of a workspace.', workspace),
  tool('Write', 'orgo_create_computer', 'Sets up a new machine.', { ...workspace, ram: text }),
  tool('Read', 'orgo_get_computer', 'Fetches the state of one machine.', computer),
  tool(
    'Destructive',
    'orgo_delete_computer',
    'Removes a machine and its disk. There is no way back.',
    computer,
  ),
  tool('Execute', 'orgo_restart_computer', 'Restarts a machine that hangs.', computer),
  tool('Write', 'orgo_clone_computer', 'Copies a machine with its disk.', { ...computer, name: text }),
  tool('Execute', 'orgo_ensure_running', 'Wakes a sleeping machine.', computer),
  tool('Write', 'orgo_resize_computer', 'Changes how much memory a machine has.', {
    ...computer,
    ram: count,
  }),
  tool('Write', 'orgo_move_computer', 'Moves a machine into another workspace.', {
    ...computer,
    ...workspace,
  }),
  tool('Read', 'orgo_screenshot', 'Takes a picture of the display.', computer),
  tool('Execute', 'orgo_click', 'Clicks at a point of the display.', { ...computer, x: count, y: count }),
  tool('Execute', 'orgo_type', 'Types text where the cursor is.', { ...computer, text }),
  tool('Execute', 'orgo_key', 'Presses a key or several together.', { ...computer, key: text }),
  tool('Execute', 'orgo_scroll', 'Scrolls the display.', { ...computer, amount: count }),
  tool('Execute', 'orgo_drag', 'Drags from one point to another.', { ...computer, start_x: count }),
  tool('Read', 'orgo_wait', 'Waits some seconds.', { ...computer, duration: { type: 'number' } }),
  tool('Execute', 'orgo_bash', 'Runs one line in the shell of the machine.', { ...computer, command: text }),
  tool(
    'Execute',
    'orgo_exec',
    'Runs a Python program on the machine and returns what it prints.',
    {
      ...computer,
      code: text,
      timeout: { type: 'integer', minimum: 1, maximum: 300, default: 10 },
    },
    ['code'],
  ),
  tool('Read', 'orgo_list_files', 'Shows the files of a workspace.', workspace),
  tool('Read', 'orgo_export_file', 'Exports a file of the machine and returns a link to it.', {
    ...computer,
    path: text,
  }),
  tool('Write', 'orgo_upload_file', 'Uploads a file into a workspace.', { ...workspace, filename: text }),
  tool('Read', 'orgo_download_file', 'Returns a link under which a file can be fetched.', { file_id: text }),
  tool('Read', 'orgo_doctor', 'Checks that the service answers.'),
];

export const CODEFORGE_TOOLS: readonly SampleTool[] = [
  tool(
    'Execute',
    'execute_code',
    'Runs a TypeScript program in a sandbox that may reach the named services.',
    {
      code: text,
      apis: { type: 'array', items: text },
      timeout: { type: 'number' },
    },
    ['code'],
  ),
  tool('Read', 'list_apis', 'Shows which services are set up.'),
  tool('Read', 'get_instructions', 'Returns how the sandbox is used.'),
  tool('Write', 'update_skill', 'Edits a stored skill.', { name: text, patch: text }, ['name', 'patch']),
  tool('Destructive', 'delete_skill', 'Deletes a stored skill.', { name: text }, ['name']),
];
