/** What grants are called by how they stand at a time. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';

const ENDING_MS = 7 * 86_400_000;

export function isActive(now: number): RawBuilder<SqlBool> {
  return sql`revoked_at is null and (expires_at is null or expires_at > ${now})`;
}

/** Active, but not for more than a week. */
export function isEnding(now: number): RawBuilder<SqlBool> {
  return sql`revoked_at is null and expires_at > ${now} and expires_at <= ${now + ENDING_MS}`;
}

export function isExpired(now: number): RawBuilder<SqlBool> {
  return sql`revoked_at is null and expires_at <= ${now}`;
}
