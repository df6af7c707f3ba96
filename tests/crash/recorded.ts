/** What the log says was asked. */
import type { TestGateway } from '../kit/index.ts';

/** The ids of all requests that the log knows. */
export async function recordedIds(gateway: TestGateway): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let cursor = '';
  do {
    const { body } = await gateway.api<{ items: { requestId?: string }[]; nextCursor?: string | null }>(
      'GET',
      `/decisions?limit=100${cursor}`,
    );
    for (const { requestId } of body.items) if (requestId !== undefined) found.add(requestId);
    cursor = typeof body.nextCursor === 'string' ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
  } while (cursor !== '');
  return found;
}
