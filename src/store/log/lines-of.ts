/** The lines at some places, each at its place. @param bytes UTF-8, a line feed after each */
export function linesOf(bytes: Buffer, places: Pick<ReadonlySet<number>, 'has'>): string[] {
  const lines: string[] = [];
  for (let place = 0, start = 0; start < bytes.length; place += 1) {
    const stop = bytes.indexOf(0x0a, start);
    const end = stop === -1 ? bytes.length : stop;
    if (places.has(place)) lines[place] = bytes.toString('utf8', start, end);
    start = end + 1;
  }
  return lines;
}
