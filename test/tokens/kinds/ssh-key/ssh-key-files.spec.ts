import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { authorizedKeysLine } from '../../../../src/tokens/kinds/ssh-key/authorized-keys.js';
import { newSshKey, type SshKeyChoice } from '../../../../src/tokens/kinds/ssh-key/new-ssh-key.js';
import { writeOpensshKey } from '../../../../src/tokens/kinds/ssh-key/openssh-private-key.js';
import { writePuttyKey } from '../../../../src/tokens/kinds/ssh-key/putty-key.js';
import { readPrivateKey } from '../../../../src/tokens/kinds/ssh-key/read-private-key.js';
import {
  fingerprint,
  publicKeyLine,
  readSshPublicKey,
  sshPublicKey,
} from '../../../../src/tokens/kinds/ssh-key/ssh-public-key.js';
import { describeWith } from '../../../support/describe-with.js';
import { FixedRandom } from '../../../support/fixed-random.js';
import { realPartPath } from '../../../support/real-parts.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const CHOICES: SshKeyChoice[] = [
  { type: 'Ed25519' },
  { type: 'RSA', size: 2_048 },
  { type: 'RSA' },
  { type: 'RSA', size: 4_096 },
  { type: 'ECC' },
  { type: 'ECC', size: 384 },
  { type: 'ECC', size: 521 },
];
const PASS = plainSecret('päss phrase 1');

function file(folder: string, content: string): string {
  const path = join(folder, 'key');
  writeFileSync(path, content);
  chmodSync(path, 0o600);
  return path;
}

describeWith('ssh-keygen', 'OpenSSH', () => {
  const keygen = (...args: string[]) =>
    execFileSync(realPartPath('ssh-keygen'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

  it.each(CHOICES)('reads our keys of %j, and we read its fingerprint', async (choice) => {
    const key = await newSshKey(choice);
    const publicKey = sshPublicKey(key);
    const folder = temporaryFolder('ssh');
    const path = file(folder, await writeOpensshKey(key, 'jane', new FixedRandom()));
    expect(keygen('-y', '-P', '', '-f', path)).toBe(publicKeyLine(publicKey, 'jane'));
    expect(keygen('-l', '-f', path)).toContain(`${publicKey.bits} ${fingerprint(publicKey)} jane`);
    expect(readSshPublicKey(publicKeyLine(publicKey, 'jane@desk'))).toEqual(publicKey);
  });

  it.each(CHOICES.filter(({ size }) => size === undefined))('asks for the pass phrase of %j', async (choice) => {
    const key = await newSshKey(choice);
    const folder = temporaryFolder('ssh');
    const path = file(folder, await writeOpensshKey(key, 'jane', new FixedRandom(), PASS));
    expect(keygen('-y', '-P', PASS, '-f', path)).toBe(publicKeyLine(sshPublicKey(key), 'jane'));
    expect(() => keygen('-y', '-P', 'wrong', '-f', path)).toThrow('incorrect passphrase');
  });

  it.each(['rsa', 'ecdsa', 'ed25519'])('makes %s keys that we read', (type) => {
    const folder = temporaryFolder('ssh');
    const path = join(folder, 'key');
    keygen('-q', '-t', type, '-N', '', '-C', 'jane@desk', '-f', path);
    const pem = plainSecret(execFileSync('cat', [path], { encoding: 'utf8' }));
    const line = execFileSync('cat', [`${path}.pub`], { encoding: 'utf8' });
    expect(sshPublicKey(readPrivateKey(pem))).toEqual(readSshPublicKey(line));
  });

  it('makes DSA keys that we refuse', () => {
    const folder = temporaryFolder('ssh');
    const path = join(folder, 'key');
    keygen('-q', '-t', 'dsa', '-N', '', '-f', path);
    const line = execFileSync('cat', [`${path}.pub`], { encoding: 'utf8' });
    expect(() => readSshPublicKey(line)).toThrow('key-not-valid: type');
  });

  it('reads our lines of authorized_keys', async () => {
    const key = sshPublicKey(await newSshKey({ type: 'Ed25519' }));
    const line = authorizedKeysLine({ key, expires: new Date('2026-09-01T10:20:30.400Z'), comment: 'SSHKEY-1' });
    expect(line).toMatch(/^expiry-time="20260901102030Z" ssh-ed25519 [A-Za-z0-9+/=]+ SSHKEY-1$/);
    const folder = temporaryFolder('ssh');
    expect(keygen('-l', '-f', file(folder, `${line}\n`))).toContain(fingerprint(key));
  });
});

describeWith(['puttygen', 'ssh-keygen'], 'PuTTY', () => {
  it.each(CHOICES)('reads our keys of %j, with and without a pass phrase', async (choice) => {
    const key = await newSshKey(choice);
    for (const pass of [undefined, PASS]) {
      const folder = temporaryFolder('ssh');
      const path = file(folder, await writePuttyKey(key, 'jane', new FixedRandom(), pass));
      const phrase = join(folder, 'phrase');
      writeFileSync(phrase, pass ?? '');
      const line = execFileSync(
        realPartPath('puttygen'),
        [
          path,
          '--old-passphrase',
          phrase,
          '-O',
          'private-openssh-new',
          '--new-passphrase',
          '/dev/null',
          '-o',
          join(folder, 'opened'),
        ],
        { encoding: 'utf8' },
      );
      expect(line).toBe('');
      const opened = execFileSync(realPartPath('ssh-keygen'), ['-y', '-P', '', '-f', join(folder, 'opened')], {
        encoding: 'utf8',
      });
      expect(opened.trim()).toBe(publicKeyLine(sshPublicKey(key), 'jane'));
    }
  });
});
