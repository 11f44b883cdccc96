import { open } from 'node:fs/promises';
import type { SeedFileSource } from '../../tokens/seed-files/seed-record.js';
import { refuseUnreadable, STANDARD_INPUT } from '../secret-files.js';
import type { Terminal } from '../terminal.js';

/** A seed file that is being read. */
export interface OpenSeedFile {
  readonly source: SeedFileSource;
  /** Bytes read so far, of all; undefined where nobody knows how many there are. */
  readonly position: () => { readonly read: number; readonly size: number } | undefined;
}

/**
 * Opens a file, or standard input for `-`.
 *
 * @throws CommandFailed when it cannot be read
 */
export async function openSeedFile(path: string, terminal: Terminal): Promise<OpenSeedFile> {
  if (path === STANDARD_INPUT) return { source: terminal.input(), position: () => undefined };
  const file = await open(path).catch(refuseUnreadable(path));
  const { size } = await file.stat();
  const stream = file.createReadStream();
  return { source: stream, position: () => ({ read: stream.bytesRead, size }) };
}
