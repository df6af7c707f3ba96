import { CamelCasePlugin, Kysely } from 'kysely';
import type { Dialect } from 'kysely';
import type { Db, Tables } from './schema.ts';

/** Queries in camel case over tables in snake case. */
export function createDb(dialect: Dialect): Db {
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
}
