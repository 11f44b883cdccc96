import { SeedFileError } from './problems.js';
import type { SeedFileSource } from './seed-record.js';

/** Bytes decoded at once: what a source gives in one piece is not passed on in one. */
const PIECE_BYTES = 16_384;

/**
 * Decodes a file piece by piece; a byte order mark is left out.
 *
 * @param line where the reader is, for the error
 * @throws SeedFileError when it is no UTF-8
 */
export async function* decodeUtf8(source: SeedFileSource, line: () => number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      yield decode(chunk.subarray(from, from + PIECE_BYTES));
    }
  }
  yield decode();

  function decode(piece?: Uint8Array): string {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new SeedFileError('not-utf8', line(), { cause: error });
    }
  }
}
