import { isStorableText } from '../../core/web/storable-text.js';

/** Percent-encoding of RFC 5849 section 3.6: everything but letters, digits, `-`, `.`, `_` and `~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

const LONE_PERCENT = /%(?![0-9A-Fa-f]{2})/;

/**
 * The text behind a percent-encoded one. What two readers could understand differently is none: a lone `%`, bytes that
 * are no UTF-8, NUL.
 *
 * @param encoded each character one byte, as Node gives addresses and headers
 */
export function percentDecode(encoded: string): string | undefined {
  if (LONE_PERCENT.test(encoded)) return undefined;
  const bytes = encoded.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
    return isStorableText(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
