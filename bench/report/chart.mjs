/** CPU a call as a bar chart that can be read on light and dark pages. The scale is logarithmic: peers are far away. */
import { cpu, namesIn, ratio, show } from './figures.mjs';

const ROW = 30;
/** Room for the longest name of a peer. */
const LEFT = 240;
const WIDTH = 830;
const BARS = WIDTH - LEFT - 170;
const LEAST = 5;

export function chart(rounds, caption) {
  const bars = namesIn(rounds)
    .filter((name) => name !== 'direct')
    .map((name) => ({ name, cost: cpu(rounds, name), times: ratio(rounds, name, 'nginx') }))
    .filter(({ cost }) => Number.isFinite(cost))
    .toSorted((a, b) => a.cost - b.cost);
  const most = Math.max(...bars.map(({ cost }) => cost), LEAST * 10);
  const lengthOf = (cost) => Math.max(2, (Math.log(cost / LEAST) / Math.log(most / LEAST)) * BARS);
  const height = 64 + bars.length * ROW + 34;
  const rows = bars.map(({ name, cost, times }, index) => {
    const y = 64 + index * ROW;
    const length = lengthOf(cost).toFixed(0);
    const said = `${show(cost, cost < 100 ? 1 : 0)} µs${Number.isFinite(times) ? `, ${show(times, times < 10 ? 1 : 0)} × nginx` : ''}`;
    return [
      `<text class="name" x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>`,
      `<rect class="${name === 'portcullis' ? 'own' : 'bar'}" x="${LEFT}" y="${y}" width="${length}" height="20" rx="3"/>`,
      `<text class="figure" x="${LEFT + Number(length) + 8}" y="${y + 15}">${said}</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title caption">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.head { font-weight: 600; font-size: 15px; }
.figure, .note { fill: #59636e; }
.note { font-size: 11px; }
.bar { fill: #8c959f; }
.own { fill: #0969da; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.figure, .note { fill: #9198a1; }
.bar { fill: #6e7681; }
.own { fill: #4493f8; }
}
</style>
<title id="title">CPU of one proxied tool call</title>
<text class="head" x="16" y="26">CPU of one proxied tool call (1 KB)</text>
<text class="note" x="16" y="46">Whole process tree at full load, less is better; the scale is logarithmic.</text>
${rows.join('\n')}
<text class="note" id="caption" x="16" y="${height - 14}">${escaped(caption)}</text>
</svg>
`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
