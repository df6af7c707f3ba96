/** Times as the tables of people spell them. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
