/** Packages that were found to be malicious or vulnerable. Small on purpose: what people put into MCP configurations. State of 2026-11. */

export interface KnownPackage {
  readonly registry: 'npm' | 'pypi';
  readonly name: string;
  /** Affected versions: from the first to before the second; null is open. */
  readonly from: string | null;
  readonly before: string | null;
  readonly kind: 'malicious' | 'vulnerable';
  readonly what: string;
  /** When it was disclosed: year and month. */
  readonly since: string;
  readonly source: string;
}

const SANDWORM = {
  registry: 'npm',
  from: null,
  before: null,
  kind: 'malicious',
  what: 'part of the SANDWORM_MODE worm, which writes rogue MCP servers into the configurations of clients',
  since: '2026-02',
  source: 'https://socket.dev/blog/sandworm-mode-npm-worm-ai-toolchain-poisoning',
} as const;

export const KNOWN_PACKAGES: readonly KnownPackage[] = [
  {
    registry: 'npm',
    name: 'postmark-mcp',
    from: '1.0.16',
    before: null,
    kind: 'malicious',
    what: 'sends a blind copy of every e-mail to its publisher',
    since: '2025-09',
    source: 'https://www.koi.ai/blog/postmark-mcp-npm-malicious-backdoor-email-theft',
  },
  {
    registry: 'npm',
    name: 'mem0-mcp-server',
    from: null,
    before: null,
    kind: 'malicious',
    what: "reported to pose as Mem0's server and to send memories elsewhere",
    since: '2026-05',
    source: 'https://github.com/mem0ai/mem0/issues/5274',
  },
  {
    registry: 'npm',
    name: 'polymarket-mcp-v2',
    from: null,
    before: null,
    kind: 'malicious',
    what: 'adds a foreign key to authorized_keys when it is installed',
    since: '2026-07',
    source: 'https://github.com/ossf/malicious-packages/pull/1368',
  },
  { ...SANDWORM, name: 'suport-color' },
  {
    registry: 'npm',
    name: 'mcp-remote',
    from: '0.0.5',
    before: '0.1.16',
    kind: 'vulnerable',
    what: 'CVE-2025-6514: a server that it connects to can run commands',
    since: '2025-07',
    source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-6514',
  },
  {
    registry: 'npm',
    name: '@modelcontextprotocol/inspector',
    from: null,
    before: '0.14.1',
    kind: 'vulnerable',
    what: 'CVE-2025-49596: a web page can run commands through it',
    since: '2025-06',
    source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-49596',
  },
  {
    registry: 'npm',
    name: 'figma-developer-mcp',
    from: null,
    before: '0.6.3',
    kind: 'vulnerable',
    what: 'CVE-2025-53967: what it is asked for can run commands',
    since: '2025-10',
    source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-53967',
  },
  {
    registry: 'npm',
    name: '@modelcontextprotocol/server-filesystem',
    from: null,
    before: '2025.7.1',
    kind: 'vulnerable',
    what: 'CVE-2025-53109 and CVE-2025-53110: paths outside its folders can be reached',
    since: '2025-07',
    source: 'https://nvd.nist.gov/vuln/detail/CVE-2025-53109',
  },
  {
    registry: 'npm',
    name: 'mcp-package-docs',
    from: null,
    before: null,
    kind: 'vulnerable',
    what: 'GHSA-vf9j-h32g-2764: what it is asked for can run commands; it is given up',
    since: '2025-07',
    source: 'https://github.com/sammcj/mcp-package-docs/security/advisories/GHSA-vf9j-h32g-2764',
  },
  {
    registry: 'pypi',
    name: 'mcp-server-git',
    from: null,
    before: '2025.12.18',
    kind: 'vulnerable',
    what: 'CVE-2025-68143, CVE-2025-68144 and CVE-2025-68145: its arguments reach files and flags that they should not',
    since: '2026-01',
    source: 'https://cyata.ai/blog/cyata-research-breaking-anthropics-official-mcp-server/',
  },
];
