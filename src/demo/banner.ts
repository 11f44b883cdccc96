/** What the embedded mode says when it is ready, for whoever started it. */
export function embeddedBanner(url: string): string {
  return [
    '',
    `  Latchkey is ready: ${url}`,
    '',
    '  Embedded mode: a database in this folder, the demo world with passwords that everybody knows, a mailbox in place',
    '  of mail and SMS, and no access from other machines. Set DATABASE_URL for real use; see docs/install.md.',
    '',
    `  Mailbox   ${url}/dev/mailbox`,
    `  Grid card ${url}/dev/grid-card`,
    `  API docs  ${url}/docs`,
    '',
    '',
  ].join('\n');
}
