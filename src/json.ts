/** JSON as the gateway judges it. Beside `errors.ts` this is the floor that every other folder stands on. */

export type Json = null | boolean | number | string | ExactNumber | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** A JSON number that a double cannot hold (an integer beyond ±(2^53−1), over 17 significant digits, overflow): present, but not judgeable. */
export class ExactNumber {
  /** As spelled in the message. */
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
