import { describe, expect, it } from 'vitest';
import { imageOf } from './user-image.js';

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

describe('a picture', () => {
  it.each([
    ['image/jpeg', 'ffd8ffe000104a464946'],
    ['image/png', '89504e470d0a1a0a0000000d'],
    ['image/gif', '474946383961'],
    ['image/gif', '474946383761'],
    ['image/webp', '524946460a00000057454250'],
  ])('is known as %s by how it begins: %s', (type, hex) => {
    expect(imageOf(base64(hex))).toEqual({ type, bytes: Buffer.from(hex, 'hex') });
  });

  it.each([
    ['nothing', ''],
    ['a page', Buffer.from('<html>').toString('hex')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">').toString('hex')],
    ['a beginning that is cut off', 'ffd8'],
    ['a sound in the same container', '524946460a00000057415645'],
    ['a picture behind something else', '00ffd8ffe0'],
  ])('is not %s', (_title, hex) => expect(imageOf(base64(hex))).toBeUndefined());

  it('is 1 MiB at most', () => {
    const of = (size: number): string =>
      Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(size - 3)]).toString('base64');
    expect(imageOf(of(1_048_576))?.bytes.length).toBe(1_048_576);
    expect(imageOf(of(1_048_577))).toBeUndefined();
  });
});
