/** The definitions that the Orgo stand-in lists. */
const file: string = new URL('../fixtures/orgo/tools.mjs', import.meta.url).href;

export const { TOOLS } = (await import(file)) as { readonly TOOLS: readonly { readonly name: string }[] };
