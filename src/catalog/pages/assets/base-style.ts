/** Colours of both themes, type, and the frame of every page. Text on its ground has a contrast of 4.5 or more. */
export const BASE_STYLE = /* css */ `
:root {
  color-scheme: light dark;
  --ground: #f7f6f3; --paper: #fff; --ink: #1c2025; --soft: #555d66; --line: #dedad2; --accent: #84470f;
  --on-accent: #fff; --code: #fbfaf8; --field: #fff; --plain: #3d4650; --plain-g: #ebe8e2; --signal: #3a4796; --signal-g: #e8eaf7;
  --low: #1b6335; --low-g: #e2f1e6; --medium: #6f4a00; --medium-g: #fbf0d3; --high: #973405; --high-g: #fde7da;
  --critical: #9c1029; --critical-g: #fce2e5; --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --paper: #1b1f25; --ink: #e9e7e2; --soft: #a4acb5; --line: #30363e; --accent: #e8ad70;
    --on-accent: #1c1207; --code: #101316; --field: #14171b; --plain: #c6ccd3; --plain-g: #2a2f36; --signal: #b8c1fa; --signal-g: #22284b;
    --low: #92d9a8; --low-g: #17311f; --medium: #f1cb74; --medium-g: #34280d; --high: #ffb087; --high-g: #3b1e0f;
    --critical: #ff9fac; --critical-g: #3e131b;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.65 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
main:focus { outline: none; }
code { font: .9em/1.5 var(--mono); overflow-wrap: anywhere; }
p code, li code, td code, dd code { padding: .1em .3em; border-radius: 4px; background: var(--plain-g); }
h1, h2, h3 { line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h1 { margin: .6rem 0 .9rem; font-size: clamp(1.8rem, 5vw, 2.6rem); font-weight: 680; }
h1 code { padding: 0; background: none; font-size: .88em; font-weight: 640; letter-spacing: -.03em; }
h2 { margin: 0 0 1rem; font-size: 1.45rem; }
h3 { margin: 2rem 0 .75rem; font-size: 1.1rem; }
h2 code, h3 code { padding: 0; background: none; letter-spacing: -.03em; }
p { margin: 0 0 1rem; }
ul, ol { margin: 0 0 1rem; padding-left: 1.3rem; }
li + li { margin-top: .4rem; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: 1rem; z-index: 2; padding: .6rem 1rem; border-radius: 6px; background: var(--paper); }
header.site { border-bottom: 1px solid var(--line); background: var(--paper); }
header.site > div { display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: center; max-width: 72rem; margin: 0 auto; padding: .8rem 1.5rem; }
.brand { display: inline-flex; gap: .6rem; align-items: center; margin-right: auto; color: var(--ink); font-weight: 680; letter-spacing: -.01em; text-decoration: none; }
.brand span { color: var(--soft); font-weight: 400; }
header.site nav { display: flex; flex-wrap: wrap; gap: 0 1.4rem; }
header.site nav a { padding: .35rem 0; color: var(--soft); font-size: .95rem; text-decoration: none; }
header.site nav a:hover { color: var(--ink); text-decoration: underline; }
.page { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1.5rem 5rem; }
main > * { max-width: 46rem; }
main > .full { max-width: none; }
.crumbs ol { display: flex; flex-wrap: wrap; margin: 0 0 1.5rem; padding: 0; list-style: none; color: var(--soft); font-size: .88rem; }
.crumbs li { display: flex; min-width: 0; margin: 0; overflow-wrap: anywhere; }
.crumbs li + li::before { content: "/"; padding: 0 .55rem; opacity: .55; }
.crumbs a { color: inherit; }
.hero { margin-bottom: 3rem; }
.hero .lead { margin: 0; color: var(--soft); font-size: 1.17rem; line-height: 1.55; text-wrap: pretty; }
.jumps { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 1.2rem 0 0; }
aside { min-width: 0; font-size: .95rem; }
@media (max-width: 61.99rem) { aside section[aria-labelledby="contents"] { display: none; } }
@media (min-width: 62rem) {
  .page.wide { display: grid; grid-template-columns: minmax(0, 46rem) minmax(0, 17rem); column-gap: clamp(3rem, 7vw, 6rem); align-items: start; }
  .page.wide > .crumbs { grid-column: 1 / -1; }
  .page.wide > aside { position: sticky; top: 1.5rem; }
}
footer.site { border-top: 1px solid var(--line); background: var(--paper); color: var(--soft); font-size: .9rem; }
footer.site > div { display: grid; gap: .5rem 3rem; max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 2.5rem; }
footer.site p { max-width: 46rem; margin: 0; }
footer.site a { margin-right: 1.2rem; color: inherit; }
footer.site a:hover { color: var(--ink); }
`;
