import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BerError, elementsOf, firstElement, integerOf } from './ber.js';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('BER', () => {
  it('waits for the rest of an element', () => {
    const whole = Buffer.from('3003020105', 'hex');
    for (let length = 0; length < whole.length; length++) {
      expect(firstElement(whole.subarray(0, length))).toBeUndefined();
    }
    expect(firstElement(Buffer.concat([whole, whole]))).toMatchObject({ tag: 0x30, end: 5 });
  });

  it('reads long lengths', () => {
    const value = Buffer.alloc(70_000, 1);
    const element = firstElement(Buffer.concat([Buffer.from('0483011170', 'hex'), value]));
    expect(element?.value.equals(value)).toBe(true);
  });

  it.each(['0480', '0485ffffffffff', '0484ffffffff', '048405000000'])('refuses the length in %s', (hex) => {
    expect(() => firstElement(Buffer.from(hex, 'hex'))).toThrow(BerError);
  });

  it('attack 40: gives up on a message of millions of elements before they fill the memory', () => {
    const empty = (count: number) => Buffer.alloc(2 * count).fill(Buffer.from('0400', 'hex'));
    expect(elementsOf(empty(10_000))).toHaveLength(10_000);
    expect(() => elementsOf(empty(10_001))).toThrow(BerError);
    expect(() => elementsOf(empty(8_000_000))).toThrow('too many elements');
  });

  it('reads whole numbers with their sign', () => {
    const read = (hex: string) => integerOf({ tag: 2, value: Buffer.from(hex, 'hex') });
    expect([read('00'), read('7f'), read('ff'), read('410e'), read('00ffffffff')]).toEqual([
      0, 127, -1, 0x410e, 4_294_967_295,
    ]);
    expect(() => read('')).toThrow(BerError);
    expect(() => read('01020304050607')).toThrow(BerError);
  });

  it('meets any bytes with elements, with patience or with a BerError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const error = thrownBy(() => elementsOf(Buffer.from(bytes)));
        expect(error === undefined || error instanceof BerError).toBe(true);
      }),
    );
  });
});
