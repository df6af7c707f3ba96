const WIDTH = 96;
const HEIGHT = 24;

/** A small line of values over time, with those of a second series filled below. */
export function Sparkline({
  values,
  marked = [],
  label,
}: {
  readonly values: readonly number[];
  readonly marked?: readonly number[];
  readonly label: string;
}) {
  const top = Math.max(1, ...values);
  const at = (value: number, index: number): string =>
    `${((index / Math.max(1, values.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - 1 - (value / top) * (HEIGHT - 3)).toFixed(1)}`;
  const area = marked.length === 0 ? '' : `0,${HEIGHT} ${marked.map(at).join(' ')} ${WIDTH},${HEIGHT}`;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-6 w-24 shrink-0">
      <polyline points={values.map(at).join(' ')} fill="none" className="stroke-soft" strokeWidth="1.5" />
      {area !== '' && <polygon points={area} className="fill-bad/60 stroke-bad" strokeWidth="1" />}
    </svg>
  );
}
