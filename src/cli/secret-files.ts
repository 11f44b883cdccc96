import { readFile } from 'node:fs/promises';
import { plainSecret, type PlainSecret } from '../core/crypto/secret-types.js';
import { CommandFailed } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** Stands for standard input where a file is asked for. */
export const STANDARD_INPUT = '-';

/** More is no passphrase and no key. */
const MAX_BYTES = 4096;

const KEY_BYTES = new Set([16, 24, 32]);

/**
 * A passphrase from a file or standard input: its first line. Never from the command line, where other users of the
 * machine read it.
 *
 * @throws CommandFailed
 */
export async function readPassphrase(path: string, terminal: Terminal): Promise<PlainSecret> {
  const text = (await readSmall(path, terminal)).toString('utf8');
  const [line = ''] = text.split(/\r?\n/);
  if (line === '') throw new CommandFailed(`${path}: is empty`);
  return plainSecret(line);
}

/**
 * A key of 128, 192 or 256 bit from a file or standard input: as hexadecimal, as base64, or as it is.
 *
 * @throws CommandFailed
 */
export async function readKey(path: string, terminal: Terminal): Promise<Uint8Array> {
  const bytes = await readSmall(path, terminal);
  const text = bytes.toString('latin1').trim();
  const forms = [
    ...(/^(?:[0-9A-Fa-f]{2})+$/.test(text) ? [Buffer.from(text, 'hex')] : []),
    ...(/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? [Buffer.from(text, 'base64')] : []),
    bytes,
  ];
  const key = forms.find(({ length }) => KEY_BYTES.has(length));
  if (!key) throw new CommandFailed(`${path}: holds no key of 128, 192 or 256 bit, as hexadecimal, base64 or bytes`);
  return new Uint8Array(key);
}

async function readSmall(path: string, terminal: Terminal): Promise<Buffer> {
  const bytes =
    path === STANDARD_INPUT ? await readInput(terminal) : await readFile(path).catch(refuseUnreadable(path));
  if (bytes.length > MAX_BYTES) throw new CommandFailed(`${path}: is too long for a passphrase or key`);
  return bytes;
}

/** Everything on standard input, up to what is refused anyway. */
export async function readInput(terminal: Terminal): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of terminal.input()) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_BYTES) break;
  }
  return Buffer.concat(pieces);
}

/** Turns an error of the file system into what a person can act on, without the file's contents. */
export function refuseUnreadable(path: string): (error: unknown) => never {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailed(`${path}: cannot be read (${code ?? 'unknown reason'})`, { cause: error });
  };
}
