/** The files in a repository that MCP clients read. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const NAMES =
  /(?:^|\/)(?:\.mcp\.json|\.cursor\/mcp\.json|\.vscode\/mcp\.json|\.codex\/config\.toml|mcp_config\.json|claude_desktop_config\.json)$/;
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'vendor']);
const DEEPEST = 8;

/** @returns {string[]} paths relative to the root, sorted */
export function configurationFiles(root) {
  const found = [];
  const visit = (folder, depth) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < DEEPEST && !SKIPPED.has(entry.name)) visit(path, depth + 1);
      const name = relative(root, path).replaceAll('\\', '/');
      if (entry.isFile() && NAMES.test(name)) found.push(name);
    }
  };
  visit(root, 0);
  return found.toSorted();
}
