import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKey } from '../crypto/key-ring.js';
import { ConfigurationError } from './configuration-error.js';

const FILE = 'master.key';
const KEY_BYTES = 32;

/**
 * The embedded mode's own key, made at the first start and readable by its owner only.
 *
 * @throws ConfigurationError when the file does not hold a key any more: a new one would not open what the old one sealed
 */
export function embeddedMasterKey(dataDir: string): MasterKey {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, FILE);
  try {
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(path, 'utf8'), 'base64');
  if (key.length !== KEY_BYTES) {
    const problem = `does not hold a key of ${KEY_BYTES} bytes; restore it, or remove the whole folder to start anew`;
    throw new ConfigurationError([{ where: path, problem }]);
  }
  return { id: 'embedded', key };
}
