import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import { oathState } from '../kinds/oath/oath-token.js';
import { encodeBase32 } from '../oath/base32.js';
import type { OathDigits } from '../oath/hotp.js';
import { buildKeyUri } from '../oath/key-uri.js';
import type { OathHash } from '../oath/oath-key.js';
import { newSeed, type Seed, seedFromText, seedText } from '../oath/seed.js';
import { TOKEN_SECRET } from '../token-secrets.js';
import type { HeldToken } from '../token-store.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments } from './enrolments.js';

/** What a person chooses for a token in an app. */
export interface OathChoice {
  readonly kind: 'TOTP' | 'HOTP';
  readonly hash: OathHash;
  readonly digits: OathDigits;
  /** Seconds; of no meaning for HOTP. */
  readonly period: number;
  readonly name?: string;
}

/** What the person's app needs, to be shown while the token is not proved and never again (attack class 42). */
export interface OathHandout {
  readonly uri: PlainSecret;
  /** The seed for typing, base32 (RFC 4648). */
  readonly secret: PlainSecret;
}

/** Tokens of authenticator apps: a new seed, its QR code, and the first code that proves it arrived. */
@Injectable()
export class OathEnrolment {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  begin(tx: Tx, holder: EnrolmentHolder, { kind, hash, digits, period, name }: OathChoice): Promise<HeldToken> {
    const seed = newSeed(this.random, hash);
    return this.enrolments.begin(tx, holder, {
      kind,
      secretSealed: this.keyRing.seal(seedText(seed), TOKEN_SECRET),
      state: { hash, digits, ...(kind === 'TOTP' && { period }) },
      ...(name !== undefined && { name }),
    });
  }

  /** What to show of a pending token. */
  handout({ found }: EnrolmentHolder, { token }: HeldToken): OathHandout {
    const seed = this.seed(token.secretSealed);
    const { hash, digits, period = 30 } = oathState(token.state);
    const base = { issuer: found.domain.name, account: found.person.login, seed, hash, digits };
    const uri = buildKeyUri(
      token.kind === 'HOTP' ? { kind: 'HOTP', ...base, counter: 0 } : { kind: 'TOTP', ...base, period },
    );
    return { uri, secret: plainSecret(encodeBase32(seed)) };
  }

  private seed(sealed: HeldToken['token']['secretSealed']): Seed {
    if (!sealed) throw new Error('an OATH token has no seed');
    return seedFromText(this.keyRing.open(sealed, TOKEN_SECRET));
  }
}
