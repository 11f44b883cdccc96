import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../core/errors/domain-error.js';
import { publicKeyLine, readSshPublicKey, sshPublicKey } from './ssh-public-key.js';
import { SshWriter } from './ssh-wire.js';

const KEY = sshPublicKey(generateKeyPairSync('ed25519').publicKey);
const LINE = publicKeyLine(KEY, '');

function reasonOf(line: string): string {
  try {
    readSshPublicKey(line);
    return 'taken';
  } catch (error) {
    return DomainError.is(error, 'key-not-valid') ? (error.detail ?? '') : String(error);
  }
}

function line(type: string, write: (writer: SshWriter) => SshWriter): string {
  return `${type} ${write(new SshWriter().string(type)).bytes().toString('base64')}`;
}

describe('a pasted SSH key', () => {
  it('is one line with its type, and a comment that may say anything', () => {
    expect(readSshPublicKey(LINE)).toEqual(KEY);
    expect(readSshPublicKey(`${LINE} jane@desk "quoted" and more\n`)).toEqual(KEY);
  });

  it.each([
    ['nothing', ''],
    ['options in front of it', `command="rm -rf ~" ${LINE}`],
    ['a second line', `${LINE}\nssh-ed25519 AAAA`],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA'],
    ['another type than it says', `ssh-rsa ${LINE.split(' ')[1]}`],
    ['bytes behind it', line('ssh-ed25519', (to) => to.string(Buffer.alloc(32)).string('more'))],
    ['bytes missing', line('ssh-ed25519', (to) => to.string(Buffer.alloc(31)))],
    ['a length of four gigabytes', line('ssh-ed25519', (to) => to.uint32(0xffffffff))],
    ['base64 in another spelling', `${LINE}=`],
    ['a megabyte', `ssh-ed25519 ${'A'.repeat(1_000_000)}`],
    [
      'a point beside the curve',
      line('ecdsa-sha2-nistp256', (to) => to.string('nistp256').string(Buffer.alloc(65, 4))),
    ],
    [
      'the curve of another type',
      line('ecdsa-sha2-nistp256', (to) => to.string('nistp384').string(Buffer.alloc(97, 4))),
    ],
    ['an even modulus', line('ssh-rsa', (to) => to.mpint(Buffer.from([1, 0, 1])).mpint(Buffer.alloc(384, 0xfe)))],
    ['an exponent of one', line('ssh-rsa', (to) => to.mpint(Buffer.from([1])).mpint(Buffer.alloc(384, 0xff)))],
  ])('is refused with %s', (_, text) => {
    expect(reasonOf(text)).toBe('form');
  });

  it.each(['ssh-dss', 'ssh-rsa-cert-v01@openssh.com', 'sk-ssh-ed25519@openssh.com', 'ssh-ed448'])(
    'of type %s is refused for its type',
    (type) => {
      expect(reasonOf(line(type, (to) => to.string(Buffer.alloc(32))))).toBe('type');
    },
  );

  it('of RSA has 2048 to 8192 bits', () => {
    const rsa = (bytes: number) =>
      reasonOf(line('ssh-rsa', (to) => to.mpint(Buffer.from([1, 0, 1])).mpint(Buffer.alloc(bytes, 0xff))));
    expect([rsa(128), rsa(255), rsa(256), rsa(1_024), rsa(1_025)]).toEqual(['size', 'size', 'taken', 'taken', 'size']);
  });

  it('attack 44: is refused whatever it is', () => {
    const blobs = fc.uint8Array({ maxLength: 300 }).map((bytes) => `ssh-rsa ${Buffer.from(bytes).toString('base64')}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), blobs), (text) => {
        expect(['form', 'type', 'size']).toContain(reasonOf(text));
      }),
    );
  });

  it('keeps a comment of ours on its line', () => {
    expect(publicKeyLine(KEY, 'jane\nssh-rsa AAAA "x"')).toBe(`${LINE} jane_ssh-rsa_AAAA_x_`);
  });
});
