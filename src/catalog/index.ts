export { classify } from './classify/classify.ts';
export { recommend, recommendServer, printPolicy, type AssessedTool } from './recommend/recommend.ts';
export { assessTools } from './recommend/assess-tools.ts';
export { argumentRules, type ArgumentRule } from './recommend/argument-rules.ts';
export type { Strength } from './recommend/base-rules.ts';
export { SEVERITY_LEVELS, SIGNALS } from './types.ts';
export { TRANSPORTS } from './library/types.ts';
export type {
  Assessment,
  ClassifyContext,
  Evidence,
  ServerWords,
  Severity,
  Signal,
  ToolDefinition,
} from './types.ts';
export { scanServers, type ScanOptions } from './scan/scan-servers.ts';
export { makeFinding } from './scan/make-finding.ts';
export { LOCK_FILE, lockServer, printLock, type LockFile } from './scan/lock.ts';
export { serverKeys } from './scan/server-key.ts';
export { shown } from './scan/shown.ts';
export { RULES, type RuleId } from './scan/rules.ts';
export { reportHtml } from './scan/reports/report-html.ts';
export { reportJson } from './scan/reports/report-json.ts';
export { reportMarkdown } from './scan/reports/report-markdown.ts';
export { reportSarif } from './scan/reports/report-sarif.ts';
export { reportTable } from './scan/reports/report-table.ts';
export { SCAN_SEVERITIES } from './scan/types.ts';
export type {
  Finding,
  Grade,
  ScannedServer,
  ScanReport,
  ScanSeverity,
  ServerCatalogue,
  ServerReport,
  ServerTarget,
  SourcePlace,
  StatedServer,
} from './scan/types.ts';
export { loadCatalogPages } from './load-catalog-pages.ts';
export type { CatalogPagesOptions } from './pages/options.ts';
export type { ContactDesk } from './pages/contact/types.ts';
export { assessedTool } from './library/assessed-tool.ts';
export { openCatalog, type CatalogOptions } from './library/open-catalog.ts';
export { openImport, type ImportOptions, type ImportResult } from './importers/open-import.ts';
export { FORMATS, type ImportFormat } from './importers/types.ts';
export type * from './library/types.ts';
export { answerMessage, type CatalogMcpParts, type McpAnswer } from './mcp/answer-message.ts';
export { loadStarter } from './starter/load-starter.ts';
export { loadAttacks } from './load-attacks.ts';
export type { AttackPattern, AttackOutcome } from './attacks/types.ts';
export type { Coverage } from './attacks/coverage.ts';
export type { Played } from './attacks/play.ts';
