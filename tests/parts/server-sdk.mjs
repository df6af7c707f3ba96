/** The v2 server SDK for the fixtures, which cannot resolve packages of this folder themselves. */
export * from '@modelcontextprotocol/server';
export {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
export { z } from 'zod';
