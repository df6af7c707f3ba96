/** What stands on pages: chips, cards, quotes, code, tables, forms. */
export const PART_STYLE = /* css */ `
.chip { display: inline-block; padding: .12rem .6rem; border-radius: 99px; background: var(--plain-g); color: var(--plain); font-size: .82rem; font-weight: 600; line-height: 1.5; text-decoration: none; white-space: nowrap; }
a.chip:hover { text-decoration: underline; }
.chip.low { background: var(--low-g); color: var(--low); }
.chip.medium { background: var(--medium-g); color: var(--medium); }
.chip.high { background: var(--high-g); color: var(--high); }
.chip.critical { background: var(--critical-g); color: var(--critical); }
.chip.signal { background: var(--signal-g); color: var(--signal); }
.tags { display: inline-flex; flex-wrap: wrap; gap: .4rem; margin: 0; }
.chips { display: flex; flex-wrap: wrap; gap: .45rem; margin: 0 0 1.2rem; padding: 0; list-style: none; }
.chips li { margin: 0; }
section { margin: 0 0 3.25rem; }
section section { margin: 2rem 0 0; }
section > h3:first-child { margin-top: 0; }
.above { margin: 0 0 .5rem; }
.soft, .note, .hint, .place { color: var(--soft); }
.panel { padding: clamp(1.25rem, 3vw, 2rem); border: 1px solid var(--line); border-radius: 14px; background: var(--paper); }
.panel > :last-child { margin-bottom: 0; }
aside section { margin: 0 0 1.75rem; }
aside h2 { margin: 0 0 .6rem; color: var(--soft); font-size: .82rem; font-weight: 600; letter-spacing: .01em; }
aside .panel { padding: 1.1rem 1.25rem; }
aside ul:not([class]) { padding: 0; list-style: none; }
aside li + li { margin-top: .25rem; }
aside .shares li { grid-template-columns: 6rem 1fr 3.6rem; gap: .5rem; }
dl { margin: 0 0 1rem; }
dl > div { display: grid; grid-template-columns: minmax(6.5rem, 30%) 1fr; gap: .75rem; padding: .5rem 0; border-top: 1px solid var(--line); }
dl > div:first-child { border-top: 0; padding-top: 0; }
dt { color: var(--soft); }
dd { min-width: 0; margin: 0; overflow-wrap: anywhere; }
aside dl > div { display: flex; justify-content: space-between; }
aside dd { text-align: right; }
.quotes { padding: 0; list-style: none; }
.quotes li { margin: 0; padding: .65rem 0 .65rem 1.1rem; border-left: 3px solid var(--line); }
.quotes mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; text-decoration-color: var(--accent); }
.quotes .place { display: inline; margin-left: .3rem; }
.quotes .says { display: block; color: var(--soft); font-size: .92rem; }
.saying { margin: 0 0 1.5rem; }
.saying blockquote { margin: 0; padding: 1rem 1.25rem; border-radius: 10px; background: var(--plain-g); }
.saying p:last-child { margin: 0; }
.saying figcaption { margin-top: .4rem; color: var(--soft); font-size: .88rem; }
.code { margin: 0 0 1.2rem; border: 1px solid var(--line); border-radius: 10px; background: var(--code); overflow: hidden; }
.code .bar { display: flex; justify-content: space-between; align-items: center; min-height: 2.6rem; padding: .3rem .6rem .3rem 1rem; border-bottom: 1px solid var(--line); color: var(--soft); font: .85rem var(--mono); }
.code button { padding: .25rem .8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); font: 600 .82rem system-ui, sans-serif; cursor: pointer; }
.code button:hover { border-color: var(--accent); }
pre { max-height: 34rem; margin: 0; padding: 1rem 1.1rem; overflow: auto; font-size: .9rem; line-height: 1.55; tab-size: 2; }
pre:focus-visible { outline-offset: -3px; }
pre code { padding: 0; background: none; font-size: 1em; overflow-wrap: normal; }
.steps { padding: 0; list-style: none; counter-reset: step; }
.steps li { position: relative; min-height: 1.9rem; margin: 0 0 .9rem; padding-left: 2.8rem; counter-increment: step; }
.steps li::before { content: counter(step); position: absolute; left: 0; top: -.1rem; width: 1.9rem; height: 1.9rem; border-radius: 50%; background: var(--plain-g); font-weight: 650; line-height: 1.9rem; text-align: center; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; margin-top: 1.4rem; }
.button { display: inline-block; padding: .65rem 1.3rem; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); font: 650 1rem/1.4 system-ui, sans-serif; text-decoration: none; cursor: pointer; }
.button:hover { filter: brightness(1.1); text-decoration: underline; }
.cards { padding: 0; border-top: 1px solid var(--line); list-style: none; }
.cards li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem 1rem; align-items: baseline; margin: 0; padding: .7rem 0; border-bottom: 1px solid var(--line); }
.cards .title { font-weight: 600; overflow-wrap: anywhere; }
.cards .title a { text-decoration: none; }
.cards .title a:hover { text-decoration: underline; }
.cards .title code, a code { padding: 0 !important; background: none !important; }
.cards .title code { font-size: .95em; }
a code { display: inline-block; }
.cards .note { grid-column: 1 / -1; font-size: .94rem; }
details { border-top: 1px solid var(--line); }
details:last-of-type { border-bottom: 1px solid var(--line); }
summary { display: flex; gap: 1rem; align-items: baseline; padding: .85rem 0; font-weight: 600; cursor: pointer; list-style: none; }
summary span { min-width: 0; overflow-wrap: anywhere; }
summary::-webkit-details-marker { display: none; }
summary::after { content: ""; flex: none; width: .55rem; height: .55rem; margin: 0 .3rem 0 auto; border: solid var(--soft); border-width: 0 2px 2px 0; transform: translateY(-.2rem) rotate(45deg); }
details[open] > summary::after { transform: rotate(225deg); }
summary:hover { color: var(--accent); }
details > :not(summary):last-child { margin-bottom: 1.4rem; }
.panel details + .actions, .panel details + p { margin-top: 1.4rem; }
.table { margin: 0 0 1.2rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
caption { padding-bottom: .5rem; color: var(--soft); font-size: .88rem; text-align: left; }
th, td { padding: .55rem 1rem .55rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-size: .85rem; font-weight: 600; }
tbody th { min-width: 8.5rem; font-weight: 600; overflow-wrap: anywhere; }
tbody th code { padding: 0; background: none; }
td { min-width: 4.5rem; }
.shares { padding: 0; list-style: none; }
.shares li { display: grid; grid-template-columns: 8rem 1fr minmax(4rem, auto); gap: 1rem; align-items: center; }
.shares svg { width: 100%; height: .6rem; border-radius: 99px; overflow: hidden; fill: var(--plain); }
.shares svg .rest { fill: var(--plain-g); }
.shares .low { fill: var(--low); } .shares .medium { fill: var(--medium); }
.shares .high { fill: var(--high); } .shares .critical { fill: var(--critical); }
.shares span { font-variant-numeric: tabular-nums; text-align: right; }
form.search { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.4rem, 1fr)); gap: 1rem .8rem; align-items: end; max-width: none; margin: 0 0 2.5rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 14px; background: var(--paper); }
form.search .main { display: flex; flex-wrap: wrap; gap: .8rem; align-items: end; grid-column: 1 / -1; }
form.search .main .field { flex: 1 1 14rem; }
form.search label { font-size: .85rem; }
form.search select { padding-inline: .5rem; font-size: .95rem; }
form.letter { display: grid; gap: 1.1rem; max-width: 36rem; margin: 0 0 1.75rem; }
form.letter .button { justify-self: start; }
.field { display: grid; gap: .3rem; min-width: 0; }
.field label { font-size: .9rem; font-weight: 600; }
.field input, .field select, .field textarea { width: 100%; padding: .6rem .75rem; border: 1px solid color-mix(in srgb, var(--soft) 65%, transparent); border-radius: 8px; background: var(--field); color: var(--ink); font: inherit; }
.field textarea { resize: vertical; }
.field .hint, .field .error { font-size: .88rem; }
.error { color: var(--critical); font-weight: 600; }
.trap { position: absolute; left: -9999px; width: 1px; height: 1px; overflow: hidden; }
@media (max-width: 40rem) {
  .cards li { grid-template-columns: minmax(0, 1fr); gap: .4rem; }
  dl > div { grid-template-columns: 1fr; gap: .1rem; }
  .shares li { grid-template-columns: 1fr auto; }
  .shares svg { grid-column: 1 / -1; grid-row: 2; }
  table, tbody, tr, tbody th, td { display: block; }
  caption { display: block; }
  thead { position: absolute; left: -9999px; }
  tr { padding: .7rem 0; border-bottom: 1px solid var(--line); }
  th, td { padding: .1rem 0; border: 0; }
  td:not(:last-child) { display: inline-block; min-width: 0; margin-right: 1.2rem; color: var(--soft); }
  td:empty { display: none; }
}
`;
