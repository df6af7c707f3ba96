/** Bodies of entries that come as text. */

/**
 * A body that is JSON text already: its members without the braces. It must state every fact of its index under the names
 * that `unstatedFacts` looks for; entries of one call share most of their text, and writing it once is what this is for.
 */
export class StatedText {
  readonly shared: SharedText;
  readonly own: string;
  constructor(shared: SharedText, own: string) {
    this.shared = shared;
    this.own = own;
  }
}

/** What all entries of a call begin with. Knows where it was written, so that it is encoded once. */
export class SharedText {
  readonly text: string;
  /** Number of the room that it stands in; see `LineBuffer`. */
  room: number;
  start: number;
  end: number;

  constructor(text: string) {
    this.text = text;
    this.room = 0;
    this.start = 0;
    this.end = 0;
  }

  /** Characters. */
  get length(): number {
    return this.text.length;
  }
}
