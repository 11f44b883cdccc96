import { createHash } from 'node:crypto';
import { RandomSource } from '../../src/core/crypto/random-source.js';

const DRAW_BYTES = 6;
const DRAW_VALUES = 2 ** (8 * DRAW_BYTES);

/** Draws the same values in every run: SHA-256 of a seed and a counter. Sources with different seeds never meet. */
export class FixedRandom extends RandomSource {
  private drawn = 0;
  private rest = Buffer.alloc(0);

  constructor(private readonly seed = 'latchkey') {
    super();
  }

  bytes(length: number): Uint8Array {
    while (this.rest.length < length) this.rest = Buffer.concat([this.rest, this.nextBlock()]);
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return new Uint8Array(bytes);
  }

  below(limit: number): number {
    const fair = DRAW_VALUES - (DRAW_VALUES % limit);
    for (;;) {
      const draw = Buffer.from(this.bytes(DRAW_BYTES)).readUIntBE(0, DRAW_BYTES);
      if (draw < fair) return draw % limit;
    }
  }

  private nextBlock(): Buffer {
    return createHash('sha256').update(`${this.seed}.${this.drawn++}`).digest();
  }
}
