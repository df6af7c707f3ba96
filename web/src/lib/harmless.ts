/** Control characters, bidirectional overrides, and what cannot be seen: all of them can make a text read as another. */
// oxlint-disable-next-line no-control-regex -- they are what it looks for
const DECEIVING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const MOST = 2000;

/** A text of somebody else's as it can be shown: deceiving characters by their number, cut when it is too long. @param most characters */
export function harmless(text: string, most = MOST): string {
  const cut =
    text.length > most ? `${text.slice(0, most)}… (${text.length.toLocaleString('en')} characters)` : text;
  return cut.replace(
    DECEIVING,
    (one) => `⟨U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
