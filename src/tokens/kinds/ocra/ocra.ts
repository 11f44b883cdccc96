import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { Clock } from '../../../core/time/clock.js';
import { matchOcra } from '../../oath/match-ocra.js';
import { oathKey } from '../../oath/oath-key.js';
import { newOcraChallenge } from '../../oath/ocra-challenge.js';
import { ocraQuestion } from '../../oath/ocra.js';
import { storedOcraSuite } from '../../oath/ocra-suite.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { rememberAsked } from '../responses/asked-before.js';
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
    private readonly clock: Clock,
  ) {}

  /**
   * Random digits; that they repeat while they are alive cannot be, because a token has one open challenge. They are
   * remembered, so that no agent may make up the same ones later and have their response taken again (attack class 21).
   */
  async draw(tx: Tx, token: UsableToken, rules?: TokenRules): Promise<string> {
    const suite = storedOcraSuite(token.state);
    const challenge = newOcraChallenge(this.random, suite, rules?.challengeDigits);
    await rememberAsked(tx, this.keyRing, token.tokenId, [ocraQuestion(suite, challenge)], this.clock.now());
    return challenge;
  }

  responseLength({ state }: UsableToken): number {
    return storedOcraSuite(state).digits;
  }

  judge(token: UsableToken, { code }: TokenChallenge, typed: PlainSecret, at: Date): TokenAdvance | undefined {
    if (!token.secretSealed || code === null) throw new Error('an OCRA token has no seed, or was asked nothing');
    const suite = storedOcraSuite(token.state);
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
