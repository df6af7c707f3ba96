/** On paper: black on white, everything unfolded, nothing to click. Stands after the other styles. */
export const PRINT_STYLE = /* css */ `
@media print {
  :root { --ground: #fff; --paper: #fff; --ink: #000; --soft: #333; --line: #bbb; --accent: #000; --code: #fff; color-scheme: light; }
  header.site nav, footer.site, .jumps, .skip, button, form, .actions, section[aria-labelledby="contact"] { display: none !important; }
  .page { padding: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  pre { max-height: none; white-space: pre-wrap; }
  pre, li, figure, tr { break-inside: avoid; }
  .chip { border: 1px solid var(--line); }
  h2, h3 { break-after: avoid; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .85em; }
}
`;
