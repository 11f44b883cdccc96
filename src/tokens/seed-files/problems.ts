/** What is wrong with one token of a seed file; the others go on. Said to operators, beside file and line. */
export const ROW_PROBLEMS = {
  'serial-missing': 'no serial number',
  'serial-not-valid': 'the serial number is no printable ASCII text of 1 to 64 characters',
  'serial-duplicate': 'the serial number stood in this file before',
  'seed-missing': 'no seed',
  'seed-not-valid': 'the seed cannot be decoded',
  'seed-too-short': 'the seed has fewer than 128 bit (RFC 4226 section 4, R6)',
  'seed-too-long': 'the seed has more than 1024 bit',
  'seed-derived': 'the seed is to be derived from a master key, which is not supported',
  'kind-unknown': 'the kind of token is unknown',
  'digits-not-valid': 'the number of digits is none of 6, 8 and 10',
  'period-not-valid': 'the time step is no whole number of seconds from 1 to 3600',
  'counter-not-valid': 'the counter is no whole number',
  'drift-not-valid': 'the drift is no whole number of steps',
  'hash-unknown': 'the hash is none of SHA-1, SHA-256 and SHA-512',
  'suite-not-valid': 'the OCRA suite is missing or unknown',
  'response-unsupported': 'responses other than decimal digits without a check digit are not supported',
  'date-not-valid': 'a date is not valid',
  'value-not-valid': 'a value cannot be read',
  'value-repeated': 'a value stands there more than once',
  'cipher-unsupported': 'the encryption is none of AES-CBC and AES key wrap',
  'cipher-key-length': 'the key has not the length that the encryption wants',
  'cipher-text-not-valid': 'the encrypted value cannot be decrypted',
  'mac-missing': 'the encrypted value has no MAC',
  'mac-wrong': 'the MAC is wrong: another key, or the file was changed',
  'columns-missing': 'columns are missing',
} as const;
export type RowProblem = keyof typeof ROW_PROBLEMS;

/** What ends the reading of a seed file. */
export const FILE_PROBLEMS = {
  'not-utf8': 'the file is not UTF-8',
  'not-xml': 'the file is no well-formed XML',
  'doctype-refused': 'document type declarations are refused',
  'too-large': 'an element, attribute, line or field is too large',
  'too-deep': 'elements are nested too deeply',
  'root-unknown': 'the file is no seed file of this kind',
  'no-tokens': 'the file holds no token in the place of this kind of file',
  'version-unsupported': 'the version of the file is not supported',
  'x509-unsupported': 'seeds encrypted to a certificate are not supported; ask for a pre-shared key or a passphrase',
  'key-needed': 'the seeds are encrypted, and no key was given',
  'passphrase-needed': 'the seeds are encrypted with a passphrase, and none was given',
  'derivation-unsupported': 'the derivation of the key is no PBKDF2 within bounds',
  'mac-unsupported': 'the MAC is no HMAC with SHA-1 or SHA-2',
  'key-wrong': 'the key or passphrase does not open this file',
  'encoding-unsupported': 'the encoding of the seeds is none of HEX and BASE64',
  'encryption-unsupported': 'the encryption of the seeds is not NONE',
  'product-unknown': 'the product is unknown, and the file does not say digits and time step',
  'columns-unknown': 'the header names no columns for serial number and seed',
} as const;
export type FileProblem = keyof typeof FILE_PROBLEMS;

/** What was left out of a token that was read otherwise, or why something is no token. */
export const NOTES = {
  'pin-policy-ignored': 'its PIN policy is not applied',
  'pin-skipped': 'a PIN, not a token; skipped',
  'usage-not-otp': 'its policy does not name one-time passwords as its use',
  'signature-not-verified': 'the signature of the file is not verified',
} as const;
export type SeedFileNote = keyof typeof NOTES;

/** Ends the reading of a file. The message holds nothing that stood in it. */
export class SeedFileError extends Error {
  override readonly name = 'SeedFileError';

  constructor(
    readonly problem: FileProblem,
    /** From 1. */
    readonly line: number,
    options: ErrorOptions = {},
  ) {
    super(`line ${line}: ${FILE_PROBLEMS[problem]}`, options);
  }
}

/** Ends the reading of one token. Stays inside this folder: readers turn it into a row. */
export class RowError extends Error {
  override readonly name = 'RowError';

  constructor(readonly problem: RowProblem) {
    super(ROW_PROBLEMS[problem]);
  }
}
