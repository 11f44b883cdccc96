import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { ConfigurationError } from './configuration-error.js';
import { embeddedMasterKey } from './embedded-master-key.js';

describe('the key of the embedded mode', () => {
  it('is made once and kept, in a folder made for it', () => {
    const folder = join(temporaryFolder('master-key'), 'new', 'data');
    const made = embeddedMasterKey(folder);
    expect(made.id).toBe('embedded');
    expect(made.key).toHaveLength(32);
    expect(embeddedMasterKey(folder)).toEqual(made);
    expect(embeddedMasterKey(temporaryFolder('master-key'))).not.toEqual(made);
  });

  it.skipIf(process.platform === 'win32')('is readable by its owner only', () => {
    const folder = temporaryFolder('master-key');
    embeddedMasterKey(folder);
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
  });

  it.each(['', 'c2hvcnQ=', 'canary-7f3-not-base64!'])(
    'is neither made up nor replaced when its file holds "%s"',
    (text) => {
      const folder = temporaryFolder('master-key');
      const path = join(folder, 'master.key');
      writeFileSync(path, text);
      expect(() => embeddedMasterKey(folder)).toThrow(ConfigurationError);
      expect(() => embeddedMasterKey(folder)).not.toThrow(/canary/);
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );
});
