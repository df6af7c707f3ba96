/** The way to the API: its typed client, refusals as ApiProblem. */
import {
  ApiProblem as Refusal,
  createClient,
  type AnswerOf,
  type Endpoint,
  type RequestOf,
} from '../../../src/api/client.ts';
import { ApiProblem, unreachable } from './problem.ts';

export type CallOptions<Name extends Endpoint> = Omit<RequestOf<Name>, 'ifMatch'> & {
  /** The version that a change is based on. */
  readonly version?: number;
};

type AnySend = (endpoint: string, request: object) => Promise<{ readonly body: unknown }>;

const send: unknown = createClient({
  fetch: (address, init) =>
    fetch(address, { ...init, credentials: 'same-origin', redirect: 'error' }).catch((error: unknown) => {
      throw init?.signal?.aborted === true ? error : unreachable();
    }),
});

/** @throws ApiProblem for every answer that is not a success */
export async function call<Name extends Endpoint>(
  endpoint: Name,
  ...[options]: object extends CallOptions<Name> ? [CallOptions<Name>?] : [CallOptions<Name>]
): Promise<AnswerOf<Name>> {
  const { version, ...request } = (options ?? {}) as { readonly version?: number };
  const given = { ...request, ...(version === undefined ? {} : { ifMatch: `"${version}"` }) };
  try {
    return (await (send as AnySend)(endpoint, given)).body as AnswerOf<Name>;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, detail, errors } = error.problem;
    throw new ApiProblem(status, code, detail, errors);
  }
}
