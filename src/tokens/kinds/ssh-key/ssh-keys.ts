import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../../core/database/database.js';
import { Clock } from '../../../core/time/clock.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { type HeldToken, TokenStore } from '../../token-store.js';
import type { TokenRules } from '../../token-rules.js';
import { isUsableAt } from '../../usable-now.js';
import { type AttemptContext, Attempts, type AttemptVerdict } from '../../verification/attempts.js';
import { withinBounds } from '../../within-bounds.js';
import { authorizedKeysLine } from './authorized-keys.js';
import { writeOpensshKey } from './openssh-private-key.js';
import { writePuttyKey } from './putty-key.js';
import { fingerprint, type SshKeyType, type SshPublicKey } from './ssh-public-key.js';

/** What an SSH key stores in `Token.state`. */
export interface SshKeyState {
  readonly type: SshKeyType;
  /** The public key, base64. */
  readonly blob: string;
  readonly bits: number;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

export interface SshKeyLimits {
  /** Days, 0 to 360; 0 = without end (manager-json-rpc section 10.1). */
  readonly expires?: number | undefined;
  /** Uses, 0 to 500; 0 = without limit. */
  readonly maxUse?: number | undefined;
  readonly name?: string | undefined;
}

export type SshKeyFormat = 'PEM' | 'PPK';

export type SshKeyVerdict = AttemptVerdict<'authenticator-locked' | 'no-usable-token' | 'proof-not-valid'>;

const LONGEST_DAYS = 360;
const MOST_USES = 500;
const DAY = 86_400;

/** SSH keys of people (SpanKey): we keep the public half, and hand the private one out once. */
@Injectable()
export class SshKeys {
  constructor(
    private readonly enrolment: DirectEnrolment,
    private readonly store: TokenStore,
    private readonly attempts: Attempts,
    private readonly database: Database,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the person's public key; the one before is replaced.
   *
   * @param key from `readSshPublicKey` or `sshPublicKey(await newSshKey(…))`, both before the transaction
   * @throws DomainError `value-out-of-range`
   */
  enrol(tx: Tx, holder: EnrolmentHolder, key: SshPublicKey, limits: SshKeyLimits = {}): Promise<HeldToken> {
    const days = withinBounds('expires', limits.expires ?? 0, 0, LONGEST_DAYS);
    const uses = withinBounds('maxuse', limits.maxUse ?? 0, 0, MOST_USES);
    const state: SshKeyState = {
      type: key.type,
      blob: key.blob.toString('base64'),
      bits: key.bits,
      fingerprint: fingerprint(key),
    };
    return this.enrolment.enrol(tx, holder, {
      kind: 'SSHKey',
      state: { ...state },
      usageLimit: uses,
      ...(days > 0 && { expires: this.clock.in(days * DAY) }),
      ...(limits.name !== undefined && { name: limits.name }),
    });
  }

  /**
   * The file for the person, to be shown once; it is not stored. Takes about a second with a pass phrase.
   *
   * `PEM` is openssh-key-v1, `PPK` is PuTTY's version 3.
   */
  privateKeyFile(
    key: KeyObject,
    format: SshKeyFormat,
    comment: string,
    passphrase?: PlainSecret,
  ): Promise<PlainSecret> {
    const write = format === 'PPK' ? writePuttyKey : writeOpensshKey;
    return write(key, comment, this.random, passphrase);
  }

  /** Lines for `authorized_keys` with the keys that the person may use now. Counts nothing. */
  async authorizedKeys(accountId: string): Promise<string[]> {
    const now = this.clock.now();
    const held = await this.store.ofAccount(this.database.manager, accountId, ['SSHKey']);
    return held
      .filter((key) => isUsableAt(key, now))
      .map(({ token, assignment }) => {
        const { type, blob } = sshKeyState(token.state);
        const key = { type, blob: Buffer.from(blob, 'base64') };
        return authorizedKeysLine({ key, expires: assignment.expires, comment: token.serial });
      });
  }

  /**
   * Counts a use of a key that an SSH server has verified; refused from the last use on. Not inside a transaction.
   *
   * @param shown fingerprint `SHA256:…`, sshd's `%f`
   */
  async use(
    accountId: string,
    shown: string,
    { rules, context }: { readonly rules: TokenRules; readonly context: AttemptContext },
  ): Promise<SshKeyVerdict> {
    const order = { accountId, authenticator: 'SSHKEY', kinds: ['SSHKey'], rules, context } as const;
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    if (begun.tokens.length === 0) return this.attempts.refuse(order, 'no-usable-token');
    const token = begun.tokens.find(({ state }) => sshKeyState(state).fingerprint === shown);
    if (!token) return this.attempts.refuse(order, 'proof-not-valid');
    // Without a moving factor only the last use can be lost to a rival.
    return (await this.attempts.settle(order, begun, { token, advance: {} }))
      ? { ok: true, token }
      : this.attempts.refuse(order, 'no-usable-token');
  }
}

/** @throws Error when the stored state is not one that we wrote */
export function sshKeyState(state: Readonly<Record<string, unknown>>): SshKeyState {
  if (typeof state['blob'] !== 'string') throw new Error('the stored state of an SSH key lacks the key');
  return state as unknown as SshKeyState;
}
