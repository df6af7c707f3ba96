/** One finding as a workflow command (GitHub Actions, "Workflow commands"); no text can end it or begin another. */
export function annotation(level, server, { id, title, evidence, place, remedy, source }) {
  const properties = [
    ...(source === undefined
      ? []
      : [`file=${property(source.file)}`, `line=${source.line}`, `col=${source.column}`]),
    `title=${property(`${title} (${id})`)}`,
  ];
  const where = server === '' ? place : `${server}, ${place}`;
  return `::${level} ${properties.join(',')}::${data(`${where}: ${evidence}. ${remedy}`)}`;
}

function data(text) {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text) {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
