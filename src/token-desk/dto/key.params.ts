import { Base64Param, IntegerParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import type { SshKeyFormat } from '../../tokens/kinds/ssh-key/ssh-keys.js';
import { DnParams, SlotParams } from './slot.params.js';

const FORMATS = ['PEM', 'PPK'] as const satisfies readonly SshKeyFormat[];
/** The words of the Manager interface; DSA, which OpenSSH does not take any more, is answered `false`. */
const KEY_TYPES = ['RSA', 'ECC', 'DSA'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

const MOST_DAYS = 360;
const MOST_USES = 500;
const LONGEST_RANDOM = 1_000;
const LONGEST_RESPONSE = 100_000;

/** Parameters of `OpenOTP.FIDO_Challenge`. */
export class FidoChallengeParams {
  @StringParam({ required: true, description: 'Login of the person, as one of the login attributes of the directory.' })
  username!: string;

  @StringParam({ required: true, description: 'Name of the domain.' })
  domain!: string;

  @StringParam({
    required: true,
    secret: true,
    maxLength: LONGEST_RANDOM,
    description: 'Made up by the caller for this ceremony; `OpenOTP.FIDO_Register` needs the same.',
  })
  random!: string;

  @StringParam({ description: 'Ignored: keys are registered for the public URL of this server (WebAuthn).' })
  appid?: string;
}

/** Parameters of `OpenOTP.FIDO_Register`. */
export class FidoRegisterParams extends DnParams {
  @StringParam({
    required: true,
    secret: true,
    maxLength: LONGEST_RESPONSE,
    description: 'What `navigator.credentials.create` gave, as JSON (`RegistrationResponseJSON`).',
  })
  response!: string;

  @StringParam({
    required: true,
    secret: true,
    maxLength: LONGEST_RANDOM,
    description: 'As in `OpenOTP.FIDO_Challenge`.',
  })
  random!: string;

  @IntegerParam({ min: 1, description: 'Number of the slot, whose key is replaced; the first free one when absent.' })
  id?: number;

  @StringParam({ maxLength: 100, description: 'What the person calls the key.' })
  name?: string;
}

/** Parameters of `OpenOTP.Yubikey_Register`. */
export class YubikeyParams extends SlotParams {
  @Base64Param({ required: true, secret: true, description: 'AES key, 16 bytes.' })
  key!: Uint8Array;

  @Base64Param({ required: true, secret: true, description: 'Private id, 6 bytes.' })
  secret!: Uint8Array;

  @Base64Param({
    required: true,
    description: 'Public id, up to 16 bytes: what the modhex in front of each OTP stands for.',
  })
  public!: Uint8Array;
}

/** Parameters of `OpenOTP.Yubicloud_Register`. */
export class YubicloudParams extends SlotParams {
  @StringParam({ required: true, secret: true, maxLength: 100, description: 'An OTP of the key.' })
  otp!: string;
}

/** How long and how often an SSH key works. */
class KeyLimitParams extends DnParams {
  @IntegerParam({ min: 0, max: MOST_DAYS, description: 'Days for which the key works; 0 = without end.' })
  expires?: number;

  @IntegerParam({ min: 0, max: MOST_USES, description: 'Uses after which the key is spent; 0 = without limit.' })
  maxuse?: number;
}

/** Parameters of `SpanKey.Key_Register`. */
export class RegisterKeyParams extends KeyLimitParams {
  @WordParam({ required: true, words: KEY_TYPES, description: 'Sort of key; `DSA` is answered `false`. In any case.' })
  type!: KeyType;

  @IntegerParam({
    description: 'Bits: 2048, 3072 (when absent) or 4096 for RSA; 256 (when absent), 384 or 521 for ECC.',
  })
  size?: number;
}

/** Parameters of `SpanKey.Key_Import`. */
export class ImportKeyParams extends KeyLimitParams {
  @StringParam({ required: true, maxLength: 20_000, description: 'Public key: one line as OpenSSH writes it, or PEM.' })
  pubkey!: string;
}

/** Parameters of `SpanKey.Key_Restrict`. */
export class RestrictKeyParams extends KeyLimitParams {}

/** Parameters of `SpanKey.Key_Export`. */
export class ExportKeyParams {
  @StringParam({ required: true, secret: true, maxLength: 40_000, description: 'Private key in PEM, not encrypted.' })
  privkey!: string;

  @WordParam({ words: FORMATS, default: 'PEM', description: 'File for OpenSSH or for PuTTY. In any case.' })
  format!: SshKeyFormat;

  @StringParam({
    secret: true,
    maxLength: 1_000,
    description: 'Pass phrase to encrypt the file with; none when absent.',
  })
  password?: string;
}
