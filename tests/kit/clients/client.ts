/** What the suites do with any client, whichever SDK is behind it. */

export interface ToolContent {
  readonly type: string;
  readonly text?: string;
  readonly [member: string]: unknown;
}

export interface ToolResult {
  readonly content: readonly ToolContent[];
  readonly isError?: boolean;
  readonly structuredContent?: unknown;
  readonly _meta?: Record<string, unknown>;
  readonly [member: string]: unknown;
}

export interface ListedTool {
  readonly name: string;
  readonly [member: string]: unknown;
}

export interface ToolClient {
  /** Tools of every page. */
  listTools(): Promise<readonly ListedTool[]>;
  callTool(name: string, args?: Record<string, unknown>): Promise<ToolResult>;
  close(): Promise<void>;
}

/** The text that a model would read. */
export function textOf(result: ToolResult): string {
  return result.content.map((item) => item.text ?? '').join('\n');
}

export interface ConnectOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly capabilities?: Record<string, unknown>;
  readonly name?: string;
  /** Milliseconds for one request; default: the SDK's own (60 s). */
  readonly timeoutMs?: number;
}

export function headersOf({ token, headers }: ConnectOptions): Record<string, string> {
  return { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
}

/** The part of the SDKs' client class that both lines share and the kit uses. */
export interface SdkClient {
  connect(transport: unknown): Promise<void>;
  close(): Promise<void>;
  listTools(params?: { cursor?: string }): Promise<{ tools: ListedTool[]; nextCursor?: string }>;
  getServerVersion(): { name: string; version: string } | undefined;
  setNotificationHandler(...args: unknown[]): void;
  setRequestHandler(...args: unknown[]): void;
}

export async function everyTool(sdk: SdkClient): Promise<ListedTool[]> {
  const tools: ListedTool[] = [];
  let cursor: string | undefined;
  do {
    const page = await sdk.listTools(cursor === undefined ? {} : { cursor });
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return tools;
}
