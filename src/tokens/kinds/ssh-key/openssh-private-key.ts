import { createCipheriv, type KeyObject } from 'node:crypto';
import type { RandomSource } from '../../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import { bcryptPbkdf } from './bcrypt-pbkdf.js';
import { opensshFields } from './private-fields.js';
import { sshPublicKey } from './ssh-public-key.js';
import { SshWriter } from './ssh-wire.js';

const MAGIC = 'openssh-key-v1\0';
const KEY_BYTES = 32;
const NONCE_BYTES = 16;
const SALT_BYTES = 16;
/** What ssh-keygen takes. */
const ROUNDS = 16;
const COLUMNS = 70;

/**
 * Writes a private key as OpenSSH keeps it (its PROTOCOL.key): `BEGIN OPENSSH PRIVATE KEY`, with a pass phrase under
 * aes256-ctr and bcrypt.
 */
export async function writeOpensshKey(
  key: KeyObject,
  comment: string,
  random: RandomSource,
  passphrase?: PlainSecret,
): Promise<PlainSecret> {
  const { type, blob } = sshPublicKey(key);
  const check = Buffer.from(random.bytes(4));
  const secrets = new SshWriter().raw(check).raw(check).string(type).raw(opensshFields(key)).string(comment).bytes();
  const { cipher, kdf, options, seal, block } = await protection(random, passphrase);
  const padding = Uint8Array.from({ length: (block - (secrets.length % block)) % block }, (_, i) => i + 1);
  const file = new SshWriter()
    .raw(Buffer.from(MAGIC, 'latin1'))
    .string(cipher)
    .string(kdf)
    .string(options)
    .uint32(1)
    .string(blob)
    .string(seal(Buffer.concat([secrets, padding])))
    .bytes();
  const lines = file.toString('base64').match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  return plainSecret(
    ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n'),
  );
}

interface Protection {
  readonly cipher: string;
  readonly kdf: string;
  readonly options: Buffer;
  readonly block: number;
  readonly seal: (plain: Buffer) => Buffer;
}

async function protection(random: RandomSource, passphrase: PlainSecret | undefined): Promise<Protection> {
  if (passphrase === undefined) {
    return { cipher: 'none', kdf: 'none', options: Buffer.alloc(0), block: 8, seal: (plain) => plain };
  }
  const salt = random.bytes(SALT_BYTES);
  const derived = await bcryptPbkdf(passphrase, salt, KEY_BYTES + NONCE_BYTES, ROUNDS);
  return {
    cipher: 'aes256-ctr',
    kdf: 'bcrypt',
    options: new SshWriter().string(salt).uint32(ROUNDS).bytes(),
    block: 16,
    seal: (plain) => {
      const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, KEY_BYTES), derived.subarray(KEY_BYTES));
      return Buffer.concat([cipher.update(plain), cipher.final()]);
    },
  };
}
