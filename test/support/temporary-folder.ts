import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

process.once('exit', () => {
  for (const folder of folders) removeTemporaryFolder(folder);
});

/** An empty folder of its own, readable by this user only. Goes away with the test run if nobody removes it before. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `latchkey-${purpose}-`));
  folders.add(folder);
  return folder;
}

/** Opens the folder in which this process, and those it starts, keep all temporary files from now on. */
export function openRunFolder(): string {
  const folder = temporaryFolder('test');
  // Servers that run as other users have folders of their own below it.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return folder;
}

export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}
