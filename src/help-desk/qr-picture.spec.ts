import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { QR_FORMATS, qrPicture } from './qr-picture.js';

const URI = 'https://id.example.test';

describe('a QR code as a file', () => {
  it.each([
    ['GIF', 'gif'],
    ['PNG', 'png'],
    ['JPG', 'jpeg'],
  ] as const)('is a %s of the size that was asked for', async (format, expected) => {
    for (const [size, margin] of [
      [1, 0],
      [5, 4],
      [10, 5],
    ] as const) {
      const width = (25 + 2 * margin) * size;
      const metadata = await sharp(await qrPicture(URI, { format, size, margin })).metadata();
      expect(metadata).toMatchObject({ format: expected, width, height: width });
    }
  });

  it.each(['GIF', 'PNG'] as const)(
    'has the finder patterns of ISO/IEC 18004 in black on white as %s',
    async (format) => {
      const picture = sharp(await qrPicture(URI, { format, size: 1, margin: 1 })).greyscale();
      const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
      const row = Array.from({ length: 9 }, (_, x) => data[(1 * info.width + x) * info.channels]);
      expect(row).toEqual([255, 0, 0, 0, 0, 0, 0, 0, 255]);
    },
  );

  it('is drawn with characters on demand', async () => {
    const text = (await qrPicture(URI, { format: 'TXT', size: 1, margin: 0 })).toString('utf8');
    expect(text).toMatch(/^[ ▀▄█\n]+$/);
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(13);
  });

  it.each(QR_FORMATS)('refuses what has no room, as %s', async (format) => {
    await expect(qrPicture('x'.repeat(2_400), { format, size: 1, margin: 0 })).rejects.toMatchObject({
      code: 'value-out-of-range',
    });
    await expect(qrPicture('', { format, size: 1, margin: 0 })).rejects.toMatchObject({ code: 'value-out-of-range' });
  });
});
