import { create, type QRCode, toString as draw } from 'qrcode';
import { DomainError } from '../core/errors/domain-error.js';

export const QR_FORMATS = ['GIF', 'PNG', 'JPG', 'TXT'] as const;
export type QrFormat = (typeof QR_FORMATS)[number];

export interface QrPictureOptions {
  readonly format: QrFormat;
  /** Pixels of a module in each direction. */
  readonly size: number;
  /** Modules of white around the code. */
  readonly margin: number;
}

/** Error correction of every code that we draw (ISO/IEC 18004). */
const LEVEL = { errorCorrectionLevel: 'M' } as const;

const [DARK, LIGHT] = [0, 255];

/**
 * A QR code as a file; `TXT` is UTF-8 text, one character for two modules.
 *
 * @throws DomainError `value-out-of-range` for a text that no code has room for
 */
export async function qrPicture(text: string, { format, size, margin }: QrPictureOptions): Promise<Buffer> {
  const code = codeOf(text);
  if (format === 'TXT') {
    // A character stands for two modules one above the other, so the margin is even.
    const even = margin + (margin % 2);
    return Buffer.from(await draw(text, { type: 'utf8', margin: even, ...LEVEL }), 'utf8');
  }
  const { pixels, width } = painted(code, size, margin);
  // Loaded by the first picture: few servers draw any.
  const { default: sharp } = await import('sharp');
  const picture = sharp(pixels, { raw: { width, height: width, channels: 1 } });
  if (format === 'GIF') return picture.gif({ colours: 2, dither: 0 }).toBuffer();
  if (format === 'PNG') return picture.png({ palette: true, colours: 2 }).toBuffer();
  return picture.jpeg({ quality: 90 }).toBuffer();
}

function codeOf(text: string): QRCode {
  try {
    return create(text, LEVEL);
  } catch {
    throw new DomainError('value-out-of-range', { params: { parameter: 'uri' } });
  }
}

/** One byte a pixel. */
function painted({ modules }: QRCode, size: number, margin: number): { pixels: Buffer; width: number } {
  const width = (modules.size + 2 * margin) * size;
  const pixels = Buffer.alloc(width * width, LIGHT);
  for (let y = 0; y < modules.size * size; y++) {
    const start = (y + margin * size) * width + margin * size;
    const row = Math.floor(y / size);
    for (let x = 0; x < modules.size * size; x++) {
      if (modules.get(row, Math.floor(x / size))) pixels[start + x] = DARK;
    }
  }
  return { pixels, width };
}
