import { createCipheriv, createHmac, type KeyObject } from 'node:crypto';
import { Algorithm, hashRaw, Version } from '@node-rs/argon2';
import type { RandomSource } from '../../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import { puttyFields } from './private-fields.js';
import { printableComment, sshPublicKey } from './ssh-public-key.js';
import { SshWriter } from './ssh-wire.js';

const ARGON = { memoryCost: 8_192, timeCost: 13, parallelism: 1 };
const SALT_BYTES = 16;
const BLOCK = 16;
const COLUMNS = 64;

/** Writes a private key as PuTTY 0.75 and later keep it: PPK version 3 (its manual, appendix C). */
export async function writePuttyKey(
  key: KeyObject,
  comment: string,
  random: RandomSource,
  passphrase?: PlainSecret,
): Promise<PlainSecret> {
  const { type, blob } = sshPublicKey(key);
  const salt = random.bytes(SALT_BYTES);
  const derived = passphrase === undefined ? undefined : await derive(passphrase, salt);
  const encryption = derived ? 'aes256-cbc' : 'none';
  const name = printableComment(comment);
  const fields = puttyFields(key);
  const secrets = derived ? Buffer.concat([fields, random.bytes((BLOCK - (fields.length % BLOCK)) % BLOCK)]) : fields;
  const mac = createHmac('sha256', derived?.macKey ?? Buffer.alloc(0))
    .update(new SshWriter().string(type).string(encryption).string(name).string(blob).string(secrets).bytes())
    .digest('hex');
  const lines = [
    `PuTTY-User-Key-File-3: ${type}`,
    `Encryption: ${encryption}`,
    `Comment: ${name}`,
    ...lined('Public-Lines', blob),
    ...(derived
      ? [
          'Key-Derivation: Argon2id',
          `Argon2-Memory: ${ARGON.memoryCost}`,
          `Argon2-Passes: ${ARGON.timeCost}`,
          `Argon2-Parallelism: ${ARGON.parallelism}`,
          `Argon2-Salt: ${Buffer.from(salt).toString('hex')}`,
        ]
      : []),
    ...lined('Private-Lines', derived ? derived.seal(secrets) : secrets),
    `Private-MAC: ${mac}`,
    '',
  ];
  return plainSecret(lines.join('\r\n'));
}

async function derive(passphrase: PlainSecret, salt: Uint8Array) {
  const bytes = await hashRaw(passphrase, {
    ...ARGON,
    salt,
    outputLen: 80,
    algorithm: Algorithm.Argon2id,
    version: Version.V0x13,
  });
  return {
    macKey: bytes.subarray(48),
    seal: (plain: Uint8Array) => {
      const cipher = createCipheriv('aes-256-cbc', bytes.subarray(0, 32), bytes.subarray(32, 48)).setAutoPadding(false);
      return Buffer.concat([cipher.update(plain), cipher.final()]);
    },
  };
}

function lined(title: string, bytes: Buffer): string[] {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  return [`${title}: ${lines.length}`, ...lines];
}
