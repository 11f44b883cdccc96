import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { FormFields } from '../../core/web/form-fields.js';
import type { SshKeyChoice } from '../../tokens/kinds/ssh-key/new-ssh-key.js';
import type { SshKeyFormat, SshKeyLimits } from '../../tokens/kinds/ssh-key/ssh-keys.js';

export const SSH_FIELDS = {
  publicKey: 'public-key',
  type: 'type',
  format: 'format',
  passphrase: 'passphrase',
  days: 'days',
  uses: 'uses',
} as const;

/** Most days and uses (manager-json-rpc section 10.1). */
export const LIMITS = { days: 360, uses: 500 } as const;

const CHOICES: Readonly<Record<string, SshKeyChoice>> = {
  Ed25519: { type: 'Ed25519' },
  'ECDSA 256': { type: 'ECC', size: 256 },
  'ECDSA 384': { type: 'ECC', size: 384 },
  'ECDSA 521': { type: 'ECC', size: 521 },
  'RSA 3072': { type: 'RSA', size: 3_072 },
  'RSA 4096': { type: 'RSA', size: 4_096 },
};

/** Kinds of keys to choose from. */
export const KEY_TYPES = Object.keys(CHOICES).map((value) => ({ value, text: value }));

/** What a person wants of a new key. */
export interface NewKeyWish {
  readonly choice: SshKeyChoice;
  readonly format: SshKeyFormat;
  readonly passphrase: PlainSecret | undefined;
  readonly limits: SshKeyLimits;
}

/** @throws DomainError `form-not-valid` for a word that is not offered, `value-out-of-range` */
export function readNewKeyWish(fields: FormFields): NewKeyWish {
  const choice = Object.entries(CHOICES).find(([name]) => name === fields.text(SSH_FIELDS.type))?.[1];
  const format = (['PEM', 'PPK'] as const).find((word) => word === fields.text(SSH_FIELDS.format));
  if (!choice || !format) throw new DomainError('form-not-valid', { detail: 'a kind of key that is not offered' });
  const passphrase = fields.text(SSH_FIELDS.passphrase);
  const expires = wholeNumber(fields, SSH_FIELDS.days, LIMITS.days);
  const maxUse = wholeNumber(fields, SSH_FIELDS.uses, LIMITS.uses);
  return {
    choice,
    format,
    passphrase: passphrase === '' ? undefined : plainSecret(passphrase),
    limits: { expires, maxUse },
  };
}

function wholeNumber(fields: FormFields, name: string, max: number): number {
  const text = fields.text(name).trim();
  const value = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  if (value < 0 || value > max) {
    throw new DomainError('value-out-of-range', { params: { parameter: name, min: 0, max } });
  }
  return value;
}
