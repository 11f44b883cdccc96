import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import { type KeyedDigest, plainSecret } from '../../../core/crypto/secret-types.js';
import type { NewPending } from '../../enrolment/enrolments.js';
import { type OathHash, type OathKey, oathKey } from '../../oath/oath-key.js';
import { newSeed, seedFromText, seedText } from '../../oath/seed.js';
import { TOKEN_SECRET, tokenCodePurpose } from '../../token-secrets.js';
import type { Token } from '../../token.entity.js';
import { oathState } from '../oath/oath-token.js';
import { LIST_DIGITS, listCode, listEntryText, listState, type ListSize } from './otp-list-codes.js';
import type { ListOrder } from './otp-list-settings.js';

/** A list to be made. */
export interface ListChoice {
  readonly size: ListSize;
  readonly order: ListOrder;
  readonly hash: OathHash;
}

/** A list that is not stored yet. */
export interface DrawnList {
  readonly pending: NewPending & { readonly id: string };
  /** Digests of its codes, from number 1 on. */
  readonly digests: readonly KeyedDigest[];
}

/**
 * The secrets of lists: one seed, sealed, from which all codes come, because a list can be printed again. What is
 * compared at a log-in are keyed digests (NIST SP 800-63B section 5.1.2.2).
 */
@Injectable()
export class OtpListSeeds {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  draw({ size, order, hash }: ListChoice): DrawnList {
    const id = randomUUID();
    const seed = newSeed(this.random, hash);
    const purpose = tokenCodePurpose(id);
    return {
      pending: {
        id,
        kind: 'OTPList',
        secretSealed: this.keyRing.seal(seedText(seed), TOKEN_SECRET),
        state: { hash, digits: LIST_DIGITS, size, order },
      },
      digests: codesOf(oathKey(seed, hash), size).map((code, index) =>
        this.keyRing.digest(plainSecret(listEntryText(index + 1, code)), purpose),
      ),
    };
  }

  /** The codes of a stored list, from number 1 on. */
  codes({ secretSealed, state }: Pick<Token, 'secretSealed' | 'state'>): string[] {
    if (!secretSealed) throw new Error('a list has no seed');
    const seed = seedFromText(this.keyRing.open(secretSealed, TOKEN_SECRET));
    return codesOf(oathKey(seed, oathState(state).hash), listState(state).size);
  }
}

function codesOf(key: OathKey, size: ListSize): string[] {
  return Array.from({ length: size }, (_, index) => listCode(key, index + 1));
}
