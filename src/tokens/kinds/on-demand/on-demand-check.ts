import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../../core/directory/people.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { Clock } from '../../../core/time/clock.js';
import { type AnsweredChallenge, Challenges } from '../../challenges/challenges.js';
import { type SecondFactorProof, secondFactorProof } from '../../second-factor.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import { answerPurpose } from '../../token-secrets.js';
import { tokenRules } from '../../token-rules.js';
import type { Attempter } from '../../verification/attempter.js';
import { type AttemptOrder, type AttemptRefusal, Attempts } from '../../verification/attempts.js';
import { TokenlessAttempts } from '../../verification/tokenless-attempts.js';
import { isSentTooEarly } from './next-passcode.js';
import { routesOf } from './passcode-channels.js';
import { PasscodeSends, type SentDigest } from './passcode-sends.repository.js';

/** A passcode as it was typed by whom it was sent for. */
export interface PasscodeAnswer extends Attempter {
  /** With the addresses that the directory has at this moment. */
  readonly found: Attempter['found'] & Pick<FoundPerson, 'person'>;
  readonly boundTo: string;
  readonly challengeId?: string;
  readonly typed: PlainSecret;
}

type OnDemandRefusal = Extract<
  AttemptRefusal,
  | 'passcode-wrong'
  | 'passcode-replayed'
  | 'passcode-expired'
  | 'challenge-not-valid'
  | 'authenticator-locked'
  | 'no-usable-token'
>;

export type OnDemandVerdict =
  { readonly ok: true; readonly proof: SecondFactorProof } | { readonly ok: false; readonly code: OnDemandRefusal };

const PASSCODE = /^[0-9]{6,10}$/;

/** Checks passcodes that were sent: counted at the passcode and at the person before they are looked at. */
@Injectable()
export class OnDemandCheck {
  constructor(
    private readonly challenges: Challenges,
    private readonly sends: PasscodeSends,
    private readonly attempts: Attempts,
    private readonly tokenless: TokenlessAttempts,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** A right passcode is used up by one of any number of rivals. */
  async verify({ found, context, rules: own, boundTo, challengeId, typed }: PasscodeAnswer): Promise<OnDemandVerdict> {
    const accountId = found.account.id;
    const rules = own ?? tokenRules(await this.configuration.snapshot(), found.domain.id);
    const order: AttemptOrder = { accountId, authenticator: 'OTPoD', kinds: ['T-Pass'], rules, context };
    const answered: AnsweredChallenge = {
      purpose: 'passcode',
      accountId,
      boundTo,
      ...(challengeId && { id: challengeId }),
    };
    const challenge = await this.challenges.count(answered);
    const judged = challenge
      ? await this.judge(order, answered, challenge, { found, typed })
      : await this.missing(order, answered, typed);
    const refusal = judged === 'passcode-wrong' && (await this.isUsed(answered, typed)) ? 'passcode-replayed' : judged;
    if (refusal === undefined) return { ok: true, proof: secondFactorProof(accountId, 'OTPoD', this.clock.now()) };
    await this.attempts.refuse(order, refusal);
    return { ok: false, code: refusal };
  }

  private judge(
    order: AttemptOrder,
    answered: AnsweredChallenge,
    challenge: TokenChallenge,
    { found, typed }: Pick<PasscodeAnswer, 'found' | 'typed'>,
  ): Promise<OnDemandRefusal | undefined> {
    const isOver = isSentTooEarly(challenge, order.rules, this.clock.now()) || this.isSentElsewhere(challenge, found);
    if (isOver) return Promise.resolve('passcode-expired');
    const isRight = () => this.isRight(challenge, typed);
    const { tokenId } = challenge;
    return this.challenges.alsoCounting(challenge, () =>
      tokenId === null
        ? this.withoutToken(order, answered, isRight)
        : this.withToken({ ...order, tokenId }, challenge, isRight),
    );
  }

  private async withoutToken(
    order: AttemptOrder,
    answered: AnsweredChallenge,
    isRight: () => boolean,
  ): Promise<OnDemandRefusal | undefined> {
    if (!(await this.tokenless.count(order))) return 'authenticator-locked';
    if (!isRight()) return 'passcode-wrong';
    const won = await this.tokenless.settle(
      order,
      async (tx) => (await this.challenges.consume(tx, answered)) !== undefined,
    );
    return won ? undefined : 'passcode-replayed';
  }

  private async withToken(
    order: AttemptOrder,
    challenge: TokenChallenge,
    isRight: () => boolean,
  ): Promise<OnDemandRefusal | undefined> {
    const begun = await this.attempts.begin(order);
    if (begun.locked) return 'authenticator-locked';
    const [token] = begun.tokens;
    if (!token) return 'no-usable-token';
    if (!isRight()) return 'passcode-wrong';
    const won = await this.attempts.settle(order, begun, { token, advance: {}, challengeId: challenge.id });
    return won ? undefined : 'passcode-replayed';
  }

  /** Whether it is the one that did before another was sent. */
  private async isUsed({ accountId, boundTo }: AnsweredChallenge, typed: PlainSecret): Promise<boolean> {
    const used = await this.sends.used({ accountId, boundTo, now: this.clock.now() });
    return used !== undefined && this.isRight(used, typed);
  }

  /** Whether it went to an address that the person has no more: whoever has that now reads it (attack class 12). */
  private isSentElsewhere({ id, payload }: TokenChallenge, { person }: PasscodeAnswer['found']): boolean {
    const sent = payload['address'];
    // One that was sent by an earlier version, minutes ago.
    if (typeof sent !== 'string') return false;
    const now = routesOf(person, ['SMS', 'MAIL']).flatMap(({ to }) => {
      return this.keyRing.digests(plainSecret(to), answerPurpose(id));
    });
    return !now.map((digest) => equalSecrets(digest, sent)).includes(true);
  }

  private isRight({ id, answerDigest }: SentDigest, typed: PlainSecret): boolean {
    if (!PASSCODE.test(typed)) return false;
    return this.keyRing
      .digests(typed, answerPurpose(id))
      .map((digest) => equalSecrets(digest, answerDigest))
      .includes(true);
  }

  /** Nothing to answer: because it was answered already, is too old, or for any other reason. */
  private async missing(
    order: AttemptOrder,
    { accountId, boundTo }: AnsweredChallenge,
    typed: PlainSecret,
  ): Promise<OnDemandRefusal> {
    const sent = { accountId, boundTo, now: this.clock.now() };
    const used = await this.sends.used(sent);
    if (used && !(await this.tokenless.count(order))) return 'authenticator-locked';
    if (used && this.isRight(used, typed)) return 'passcode-replayed';
    return (await this.sends.lapsed(sent)) ? 'passcode-expired' : 'challenge-not-valid';
  }
}
