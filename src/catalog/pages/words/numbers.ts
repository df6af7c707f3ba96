const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `1 tool`, `28 tools`, `43,000 servers`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `20 November 2026`, UTC. @param at ms since the epoch */
export function day(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
