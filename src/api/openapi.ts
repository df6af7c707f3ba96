/** The contract as OpenAPI 3.1, from the very schemas that check requests. */
import { z } from 'zod';
import type { Route } from './contract.ts';
import { problemShape } from './problem.ts';
import { PREFIX } from './serve-route.ts';

const LEAST: Readonly<Record<string, string>> = {
  anyone: 'For anyone, signed in or not.',
  person: 'For anyone with a session or a key.',
};

type JsonSchema = Record<string, unknown>;

export interface OpenApiOptions {
  readonly publicUrl: string;
  readonly version: string;
}

export function openApi(routes: readonly Route[], { publicUrl, version }: OpenApiOptions): JsonSchema {
  const schemas: JsonSchema = {};
  const reference = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
    namedSchema(schema, io, schemas);
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operation(route, reference);
  }
  schemas['Problem'] = reference(problemShape, 'output') && schemas['Problem'];
  return {
    openapi: '3.1.0',
    info: { title: 'Portcullis', version, description: 'A policy gateway for the Model Context Protocol.' },
    servers: [{ url: `${publicUrl}${PREFIX}` }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: `${publicUrl.startsWith('https:') ? '__Secure-' : ''}portcullis.session_token`,
          description:
            'Changes need an Origin or Sec-Fetch-Site header that says they come from our own pages',
        },
      },
    },
  };
}

function operation(
  route: Route,
  reference: (schema: z.ZodType, io: 'input' | 'output') => JsonSchema,
): JsonSchema {
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(route.query === undefined ? [] : queryParameters(route.query)),
    ...(route.versioned === true
      ? [
          {
            name: 'If-Match',
            in: 'header',
            schema: { type: 'string' },
            description: 'The ETag that the change is based on',
          },
        ]
      : []),
  ];
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: LEAST[route.role] ?? `Least role: ${route.role}.`,
    ...(route.role === 'anyone' ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: reference(route.body, 'input') } },
          },
        }),
    responses: {
      [route.status]: success(route, reference),
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function success(
  route: Route,
  reference: (schema: z.ZodType, io: 'input' | 'output') => JsonSchema,
): JsonSchema {
  const description = { 200: 'Done', 201: 'Created', 204: 'Done, nothing to say' }[route.status];
  if (route.streams === true)
    return { description, content: { 'text/event-stream': { schema: { type: 'string' } } } };
  if (route.answer === undefined) return { description };
  return { description, content: { 'application/json': { schema: reference(route.answer, 'output') } } };
}

function queryParameters(query: z.ZodType): JsonSchema[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** `GET /servers/{id}/tools` is getServersIdTools. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Schemas with an id go into the components once; the rest stay in place. */
function namedSchema(schema: z.ZodType, io: 'input' | 'output', schemas: JsonSchema): JsonSchema {
  const {
    $schema: _,
    $defs,
    ...own
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema;
  for (const [name, definition] of Object.entries(($defs as JsonSchema | undefined) ?? {}))
    schemas[name] = withoutId(moved(definition));
  const id = own['id'];
  if (typeof id !== 'string') return withoutId(moved(own)) as JsonSchema;
  schemas[id] = withoutId(moved(own));
  return { $ref: `#/components/schemas/${id}` };
}

function moved(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function withoutId(schema: unknown): unknown {
  const { id: _, ...rest } = schema as JsonSchema;
  return rest;
}
