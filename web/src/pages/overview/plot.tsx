import { useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import type { StatRange } from '../../api/queries/stats.ts';
import type { Tone } from '../../ui/badge.tsx';

export interface PlotSeries {
  readonly label: string;
  readonly tone: Tone;
  readonly values: readonly (number | null)[];
}

const HEIGHT = 180;
/** For the distance of two marks: the mark, and what stands below it where a year, a day or a minute begins. As the log writes times. */
const TIMES = [
  [86_400, '{MMM} {D}', '\n{YYYY}', null, null, null, null, null, 1],
  [3600, '{HH}:00', '\n{MMM} {D} {YYYY}', null, '\n{MMM} {D}', null, null, null, 1],
  [60, '{HH}:{mm}', '\n{MMM} {D} {YYYY}', null, '\n{MMM} {D}', null, null, null, 1],
  [1, ':{ss}', '\n{MMM} {D} {HH}:{mm}', null, '\n{MMM} {D} {HH}:{mm}', null, '\n{HH}:{mm}', null, 1],
];
const WHOLE = [1, 2, 5]
  .flatMap((step) => Array.from({ length: 10 }, (_, power) => step * 10 ** power))
  .toSorted((a, b) => a - b);
const DARK = window.matchMedia('(prefers-color-scheme: dark)');

/** Lines over time, in the colours of the page. Its numbers are also in a table for those who cannot see them. */
export function Plot({
  label,
  range,
  times,
  series,
  bars = false,
}: {
  readonly label: string;
  /** For counts: bars instead of lines. */
  readonly bars?: boolean;
  readonly range: StatRange;
  /** Seconds since the epoch. */
  readonly times: readonly number[];
  readonly series: readonly PlotSeries[];
}) {
  const host = useRef<HTMLDivElement>(null);
  const theme = useThemeChange();
  useEffect(() => {
    const element = host.current!;
    const style = getComputedStyle(element);
    const colour = (name: string): string => resolved(element, `var(--${name})`);
    const axis = {
      stroke: colour('soft'),
      grid: { stroke: colour('line'), width: 1 },
      ticks: { show: false },
    };
    const plot = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: true, live: false },
        cursor: { y: false, points: { size: 6 } },
        scales: {
          x: { range: [range.from / 1000, range.to / 1000] },
          y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
        },
        axes: [
          { ...axis, font: `12px ${style.fontFamily}`, values: TIMES },
          {
            ...axis,
            font: `12px ${style.fontFamily}`,
            size: 48,
            // There are no halves of calls.
            ...(bars ? { incrs: WHOLE } : {}),
          },
        ],
        series: [
          {},
          ...series.map((one) => ({
            label: one.label,
            stroke: colour(one.tone),
            width: 1.75,
            points: { show: times.length < 60 },
            spanGaps: true,
            ...(bars
              ? {
                  paths: UPlot.paths.bars!({ size: [0.7, 28] }),
                  fill: colour(one.tone),
                  points: { show: false },
                }
              : {}),
          })),
        ],
      },
      [[...times], ...series.map(({ values }) => [...values])],
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [range.from, range.to, times, series, bars, theme]);
  return (
    <figure aria-label={label}>
      <div ref={host} aria-hidden className="u-legend min-h-52 w-full overflow-hidden" />
      <table className="sr-only">
        <caption>{label}: totals</caption>
        <tbody>
          {series.map((one) => (
            <tr key={one.label}>
              <th scope="row">{one.label}</th>
              <td>highest {Math.max(0, ...one.values.map((value) => value ?? 0))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** A colour as the browser computes it: canvas does not know custom properties. */
function resolved(element: HTMLElement, colour: string): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** A number that changes with the theme. */
function useThemeChange(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = (): void => setCount((now) => now + 1);
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    DARK.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      DARK.removeEventListener('change', changed);
    };
  }, []);
  return count;
}
