export interface Place {
  readonly pointer: string;
  readonly message: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** A refusal of the API (RFC 9457), or no answer at all (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly places: readonly Place[];

  constructor(status: number, code: string, detail: string, places: readonly Place[] = []) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.places = places;
  }
}

/** Nobody answered. */
export function unreachable(): ApiProblem {
  return new ApiProblem(
    0,
    'PC_UNREACHABLE',
    'The gateway does not answer. Is it running, and is the network up?',
  );
}
