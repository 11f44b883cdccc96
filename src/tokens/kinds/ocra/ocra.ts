import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { matchOcra } from '../../oath/match-ocra.js';
import { oathKey } from '../../oath/oath-key.js';
import { newOcraChallenge } from '../../oath/ocra-challenge.js';
import { DEFAULT_OCRA_SUITE, type OcraSuite, parseOcraSuite } from '../../oath/ocra-suite.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import type { ResponseKind } from '../responses/response-kind.js';
import { openOcraSecret } from './ocra-secret.js';

/** Challenge and response by RFC 6287, with every suite that a person can type the response of. */
@Injectable()
export class Ocra implements ResponseKind {
  readonly name = 'OCRA';
  readonly authenticator = 'OTP';
  readonly purpose = 'ocra';
  readonly seconds = 300;

  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  /** Random digits; that they repeat while they are alive cannot be, because a token has one open challenge. */
  draw(_tx: Tx, token: UsableToken, rules?: TokenRules): Promise<string> {
    return Promise.resolve(newOcraChallenge(this.random, suiteOf(token), rules?.challengeDigits));
  }

  judge(token: UsableToken, { code }: TokenChallenge, typed: PlainSecret, at: Date): TokenAdvance | undefined {
    if (!token.secretSealed || code === null) throw new Error('an OCRA token has no seed, or was asked nothing');
    const suite = suiteOf(token);
    const { seed, pinDigest } = openOcraSecret(this.keyRing, token.secretSealed);
    const match = matchOcra(
      {
        key: oathKey(seed, suite.hash),
        suite,
        challenge: code,
        lastCounter: token.counter,
        ...(pinDigest && { pinDigest }),
      },
      typed,
      at,
    );
    if (match.outcome !== 'accepted') return undefined;
    return match.counter === null ? {} : { counter: match.counter };
  }
}

function suiteOf({ state }: UsableToken): OcraSuite {
  const text = state['suite'] ?? DEFAULT_OCRA_SUITE;
  const suite = typeof text === 'string' ? parseOcraSuite(text) : undefined;
  if (!suite) throw new Error('the stored suite of an OCRA token is none');
  return suite;
}
