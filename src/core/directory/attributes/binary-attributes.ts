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

/** Attributes that RFC 4523 (section 2) wants transferred with the option `binary`. */
const TRANSFERRED_BINARY: ReadonlySet<string> = new Set([
  'authorityrevocationlist',
  'cacertificate',
  'certificaterevocationlist',
  'crosscertificatepair',
  'usercertificate',
]);

/** A name without the option `binary`, which says how values are transferred and is no part of it (RFC 4522 section 3). */
export function withoutTransferOption(name: string): string {
  return name.replace(/;binary$/i, '');
}

/** A name with the option `binary` where the attribute is not transferred without. */
export function withTransferOption(name: string): string {
  return TRANSFERRED_BINARY.has(name.toLowerCase()) ? `${name};binary` : name;
}

/** Whether values of an attribute are handed out and taken as base64, whatever bytes they happen to be. */
export function isBinaryAttribute(name: string): boolean {
  const [plain = '', ...options] = name.toLowerCase().split(';');
  return BINARY.has(plain) || options.includes('binary');
}
