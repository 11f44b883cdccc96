import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { appKeyPurpose } from '../../token-secrets.js';
import { tokenRules } from '../../token-rules.js';
import { AttemptRepository } from '../../verification/attempt.repository.js';
import type { Attempter } from '../../verification/attempter.js';
import { type AttemptOrder, Attempts, type AttemptVerdict } from '../../verification/attempts.js';
import { canonicalAppKey } from './app-key.js';

/** Digested in place of what cannot be an application password, so that it costs the same. */
const NO_PASSWORD = plainSecret('');

export type AppKeyVerdict = AttemptVerdict<'passcode-wrong' | 'authenticator-locked' | 'no-usable-token'>;

/**
 * Checks application passwords. The one that was shown is found by its digest, so that the work is the same however many
 * a person has.
 */
@Injectable()
export class AppKeyCheck {
  constructor(
    private readonly attempts: Attempts,
    private readonly repository: AttemptRepository,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
  ) {}

  /**
   * Every attempt is counted first. One with a password that was right once, and is over or taken away, is given back: a
   * forgotten program must not lock out the others, and tells nobody anything new.
   */
  async verify({ found, context, rules }: Attempter, typed: PlainSecret): Promise<AppKeyVerdict> {
    const order: AttemptOrder = {
      accountId: found.account.id,
      authenticator: 'APPKEY',
      kinds: ['AppKey'],
      rules: rules ?? tokenRules(await this.configuration.snapshot(), found.domain.id),
      context,
    };
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    if (begun.tokens.length === 0) return this.attempts.refuse(order, 'no-usable-token');
    const digests = this.keyRing.digests(canonicalAppKey(typed) ?? NO_PASSWORD, appKeyPurpose(order.accountId));
    const token = await this.repository.byDigest(begun.start, digests);
    if (token && (await this.attempts.settle(order, begun, { token, advance: {} }))) return { ok: true, token };
    await this.repository.giveBackIfKnown(begun.start, digests);
    return this.attempts.refuse(order, 'passcode-wrong');
  }
}
