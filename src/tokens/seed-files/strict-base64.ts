/** Reads base64 (RFC 4648 section 4) with its padding; blanks and line ends between are allowed, as in XML Schema. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const dense = text.replace(/[\t\n\r ]+/g, '');
  if (dense.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(dense)) return undefined;
  return new Uint8Array(Buffer.from(dense, 'base64'));
}
