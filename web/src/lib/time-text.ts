const STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [60_000, 'second'],
  [3_600_000, 'minute'],
  [86_400_000, 'hour'],
  [2_592_000_000, 'day'],
  [31_536_000_000, 'month'],
  [Infinity, 'year'],
];
const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const dayOfYear = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', day: 'numeric' });
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** How long ago, or how soon: "3 minutes ago". */
export function agoText(time: string | number, now = Date.now()): string {
  const span = new Date(time).getTime() - now;
  const [, unit] = STEPS.find(([below]) => Math.abs(span) < below)!;
  return relative.format(Math.round(span / UNITS[unit]!), unit);
}

/** With the zone, for it is the reader's. */
export function exactText(time: string | number): string {
  return exact.format(new Date(time));
}

export function clockText(time: number): string {
  return clock.format(new Date(time));
}

/** The day of a time that is not today: "Nov 20", with the year where it is another. */
export function dayText(time: number, now = Date.now()): string | undefined {
  const [then, today] = [new Date(time), new Date(now)];
  if (then.toDateString() === today.toDateString()) return undefined;
  return (then.getFullYear() === today.getFullYear() ? day : dayOfYear).format(then);
}
