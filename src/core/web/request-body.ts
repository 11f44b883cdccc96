import type { Readable } from 'node:stream';

/** Why a request's body could not be had. */
export type BodyFailure = 'too-large' | 'aborted';

export class BodyError extends Error {
  override readonly name = 'BodyError';

  constructor(
    readonly reason: BodyFailure,
    options?: ErrorOptions,
  ) {
    super(`request body ${reason}`, options);
  }
}

/** Bytes beyond the limit that are still taken off the wire, so that a client which sends first can read the answer. */
const TOLERATED_EXCESS = 16 * 1024 * 1024;

/**
 * Reads a request's body of at most `limit` bytes.
 *
 * A longer one is thrown away as it comes and refused at its end; one that does not end within 16 MiB more is refused
 * on the spot.
 *
 * @throws BodyError
 */
export function readBody(stream: Readable, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const settle = (result: Uint8Array | BodyError): void => {
      stream.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      if (!(result instanceof BodyError)) return resolve(result);
      stream.pause();
      // A stream may report its end twice, e.g. first as closed and then as reset.
      stream.on('error', () => undefined);
      reject(result);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks = [];
      if (length > limit + TOLERATED_EXCESS) settle(new BodyError('too-large'));
    };
    const onEnd = (): void => settle(length > limit ? new BodyError('too-large') : Buffer.concat(chunks, length));
    const onBroken = (cause?: unknown): void => settle(new BodyError('aborted', { cause }));
    stream.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
    if (stream.readableEnded) settle(new Uint8Array());
    else if (stream.destroyed) onBroken();
  });
}
