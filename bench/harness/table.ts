/** Rows as text in columns, the first one to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').replace('\n', '').length)),
  );
  return rows
    .map((row) =>
      widths
        .map((width, column) => pad(row[column] ?? '', width, column === 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(text: string, width: number, left: boolean): string {
  const missing = ' '.repeat(Math.max(0, width - text.replace('\n', '').length));
  return left ? text + missing : missing + text;
}
