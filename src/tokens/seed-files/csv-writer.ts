import { encodeBase32 } from '../oath/base32.js';
import type { SeedRecord } from './seed-record.js';

const HEADER = [
  'serial number',
  'secret base32',
  'type',
  'digits',
  'time interval',
  'counter',
  'hash',
  'suite',
  'drift',
  'manufacturer',
  'model',
  'not before',
  'not after',
];

/**
 * Writes tokens as OATH CSV with a header, a piece at a time; `readOathCsv` reads it. Seeds stand there in plain: the
 * caller makes the file readable for its owner only.
 */
export async function* writeOathCsv(tokens: AsyncIterable<SeedRecord> | Iterable<SeedRecord>): AsyncGenerator<string> {
  yield record(HEADER);
  for await (const token of tokens) yield record(columns(token));
}

function columns(token: SeedRecord): string[] {
  const form = token.kind === 'OCRA' ? undefined : token;
  const time = token.kind === 'TOTP' ? token : undefined;
  return [
    token.serial,
    encodeBase32(token.seed),
    token.kind,
    String(form?.digits ?? ''),
    String(time?.period ?? ''),
    token.kind === 'TOTP' ? '' : String(token.counter),
    form?.hash ?? '',
    token.kind === 'OCRA' ? token.suite : '',
    String(time?.driftSteps ?? ''),
    token.manufacturer ?? '',
    token.model ?? '',
    token.notBefore?.toISOString() ?? '',
    token.notAfter?.toISOString() ?? '',
  ];
}

/** Every field that could be misread is quoted (RFC 4180 section 2). */
function record(fields: readonly string[]): string {
  const quoted = fields.map((field) => (/^[A-Za-z0-9.:-]*$/.test(field) ? field : `"${field.replaceAll('"', '""')}"`));
  return `${quoted.join(',')}\r\n`;
}
