import { Injectable } from '@nestjs/common';
import { RandomSource } from '../../core/crypto/random-source.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Challenges } from '../challenges/challenges.js';
import type { TokenChallenge } from '../token-challenge.entity.js';

const SMALLEST = 10;
const NUMBERS = 90;
/** How long a number may wait for the request it belongs to, in seconds. */
const NUMBER_SECONDS = 120;

/**
 * Numbers to be matched (authentication methods, section 6.11): an application that can show one draws it first, shows
 * it, and asks then. Whoever is asked without having signs in has no number to enter.
 */
@Injectable()
export class PushNumbers {
  constructor(
    private readonly challenges: Challenges,
    private readonly database: Database,
    private readonly random: RandomSource,
  ) {}

  /**
   * Draws a number, as the `code` of a challenge; an older one of the same holder is void.
   *
   * @param boundTo who shows it, e.g. `agent <name>`; nobody else can use it
   */
  draw({ account }: Pick<FoundPerson, 'account'>, boundTo: string, seconds = NUMBER_SECONDS): Promise<TokenChallenge> {
    return this.challenges.create(this.database.manager, {
      purpose: 'push',
      scope: 'holder',
      accountId: account.id,
      boundTo,
      code: String(SMALLEST + this.random.below(NUMBERS)),
      seconds,
    });
  }

  /**
   * Uses up a number for one request.
   *
   * @returns undefined when this holder has none such, or its time is over
   */
  async take(
    { account }: Pick<FoundPerson, 'account'>,
    boundTo: string,
    challengeId: string,
  ): Promise<string | undefined> {
    const taken = await this.challenges.consume(this.database.manager, {
      purpose: 'push',
      accountId: account.id,
      boundTo,
      id: challengeId,
    });
    return taken?.code ?? undefined;
  }
}
