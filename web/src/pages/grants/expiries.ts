/** When a grant may end: days from now; empty for never. */
export const EXPIRIES = [
  { value: '', text: 'Never' },
  { value: '1', text: 'In a day' },
  { value: '7', text: 'In a week' },
  { value: '30', text: 'In 30 days' },
  { value: '90', text: 'In 90 days' },
  { value: '365', text: 'In a year' },
];

/** As the API takes it. */
export function expiryOf(days: string): number | null {
  return days === '' ? null : Date.now() + Number(days) * 86_400_000;
}
