/** The way to the API: its typed client, refusals as ApiProblem. */
import {
  ApiProblem as Refusal,
  createClient,
  type AnswerOf,
  type Endpoint,
  type RequestOf,
} from '../../../src/api/client.ts';
import { ApiProblem } from './problem.ts';
import { send } from './send.ts';

export type CallOptions<Name extends Endpoint> = Omit<RequestOf<Name>, 'ifMatch'> & {
  /** The version that a change is based on. */
  readonly version?: number;
};

type AnyClient = (endpoint: string, request: object) => Promise<{ readonly body: unknown }>;

const client = createClient({ fetch: send }) as unknown as AnyClient;

/** @throws ApiProblem for every answer that is not a success */
export async function call<Name extends Endpoint>(
  endpoint: Name,
  ...[options]: object extends CallOptions<Name> ? [CallOptions<Name>?] : [CallOptions<Name>]
): Promise<AnswerOf<Name>> {
  const { version, ...request } = (options ?? {}) as { readonly version?: number };
  const given = { ...request, ...(version === undefined ? {} : { ifMatch: `"${version}"` }) };
  try {
    return (await client(endpoint, given)).body as AnswerOf<Name>;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, detail, errors } = error.problem;
    throw new ApiProblem(status, code, detail, errors);
  }
}
