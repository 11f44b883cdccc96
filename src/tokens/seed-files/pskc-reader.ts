import { SeedFileError, type SeedFileNote } from './problems.js';
import { openKeyContainer, type PskcSecrets } from './pskc-keys.js';
import { readKeyPackage, serialOf } from './pskc-package.js';
import { Rows } from './rows.js';
import type { SeedFileRow, SeedFileSource } from './seed-record.js';
import type { XmlDecryption } from './xml-encryption.js';
import type { XmlFields } from './xml-fields.js';
import { readXmlRecords } from './xml-records.js';

const PACKAGE = 'KeyContainer/KeyPackage';
const SIGNED = 'KeyContainer/Signature';

/** Algorithm profiles that are no tokens. */
const PIN_ALGORITHM = /[:#]pin$/i;

/**
 * Reads a key container (PSKC, RFC 6030) token by token: plain, encrypted with a pre-shared key or with one derived from
 * a passphrase. Keys encrypted to certificates are refused, signatures are not verified.
 *
 * @throws SeedFileError when the file as a whole cannot be read
 */
export async function* readPskc(source: SeedFileSource, secrets: PskcSecrets = {}): AsyncGenerator<SeedFileRow> {
  const rows = new Rows();
  let decryption: XmlDecryption | undefined;
  let checked = false;
  for await (const { path, line, fields, header } of readXmlRecords(source, [PACKAGE, SIGNED])) {
    if (!checked) checkVersion(header, line);
    checked = true;
    const serial = serialOf(fields);
    const skipped = whySkipped(path, fields);
    if (skipped) {
      yield { outcome: 'skipped', line, ...(serial !== undefined && { serial }), note: skipped };
      continue;
    }
    if (!decryption && hasEncryptedValue(fields)) decryption = await openKeyContainer(header, secrets, line);
    yield rows.row(line, serial, () => readKeyPackage(fields, decryption));
  }
}

function checkVersion(header: XmlFields, line: number): void {
  const [version] = header.all('KeyContainer@Version');
  if (version !== '1.0' && version !== '1') throw new SeedFileError('version-unsupported', line);
}

function whySkipped(path: string, fields: XmlFields): SeedFileNote | undefined {
  if (path === SIGNED) return 'signature-not-verified';
  return fields.all('Key@Algorithm').some((algorithm) => PIN_ALGORITHM.test(algorithm)) ? 'pin-skipped' : undefined;
}

function hasEncryptedValue(fields: XmlFields): boolean {
  return ['Secret', 'Counter', 'TimeInterval', 'TimeDrift'].some((name) =>
    fields.has(`Key/Data/${name}/EncryptedValue`),
  );
}
