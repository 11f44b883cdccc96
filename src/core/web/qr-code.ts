import { toString as draw } from 'qrcode';
import type { PlainSecret } from '../crypto/secret-types.js';

/**
 * A QR code (ISO/IEC 18004, error correction M) as an image inside the page: nothing is fetched, nothing is kept by a
 * cache, and it stays sharp on every screen.
 *
 * @returns a `data:` URL of an SVG
 */
export async function qrCodeImage(text: PlainSecret): Promise<string> {
  const svg = await draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  return `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
}
