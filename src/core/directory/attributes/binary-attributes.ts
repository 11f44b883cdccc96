/** Attributes whose values are bytes by their syntax (RFC 2798, RFC 4523, MS-ADA1 to 3). */
const BINARY: ReadonlySet<string> = new Set([
  'audio',
  'authorityrevocationlist',
  'cacertificate',
  'certificaterevocationlist',
  'crosscertificatepair',
  'jpegphoto',
  'ms-ds-consistencyguid',
  'msexchmailboxguid',
  'objectguid',
  'objectsid',
  'photo',
  'sidhistory',
  'thumbnaillogo',
  'thumbnailphoto',
  'tokengroups',
  'usercertificate',
  'usersmimecertificate',
]);

/** Whether values of an attribute are handed out and taken as base64, whatever bytes they happen to be. */
export function isBinaryAttribute(name: string): boolean {
  const [plain = '', ...options] = name.toLowerCase().split(';');
  return BINARY.has(plain) || options.includes('binary');
}
