const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export function shortNumber(value: number): string {
  return value < 10_000 ? value.toLocaleString('en') : short.format(value);
}

/** "1 tool", "3 tools". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** @param value milliseconds */
export function durationText(value: number): string {
  if (value < 1) return `${Math.round(value * 1000)} µs`;
  if (value < 1000) return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
  return `${(value / 1000).toFixed(1)} s`;
}
