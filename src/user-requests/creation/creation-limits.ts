import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule, ThrottleVerdict } from '../../core/throttle/throttle-rule.js';
import { addressBucket } from '../../core/web/client-address.js';
import type { Client } from '../../core/web/clients.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { PinGuesses } from '../pin-guesses.js';
import { requestsPerToken } from './creation-settings.js';

/** Anonymous requests from one address, of IPv6 from one /64. */
const PER_ADDRESS: ThrottleRule = { name: 'anonymous user-requests', limit: 1, window: 120 };
/** Letters that strangers can cause at one person. Beyond it they get the same answer and the person no letter. */
const PER_PERSON: ThrottleRule = { name: 'anonymous user-requests for a person', limit: 3, window: 3_600 };

/** How often requests may be made (user-requests section 10; attack classes 28, 32, 67). Shared by all processes. */
@Injectable()
export class CreationLimits {
  constructor(
    private readonly throttle: Throttle,
    private readonly configuration: Configuration,
    private readonly guesses: PinGuesses,
  ) {}

  /** Counts a call of a token. @throws ApiRefusal 503 with `Retry-After` */
  async countToken(tokenId: string): Promise<void> {
    const limit = (await this.configuration.snapshot()).setting(requestsPerToken);
    requireRoom(
      await this.throttle.hit({ name: 'user-requests of a token', limit, window: 60, forgetful: true }, tokenId),
    );
  }

  /** Turns an anonymous call away that comes too soon; counts nothing. @throws ApiRefusal 503 with `Retry-After` */
  async lookAtAddress({ address }: Client): Promise<void> {
    requireRoom(await this.throttle.peek(PER_ADDRESS, addressBucket(address)));
  }

  /** Counts an anonymous request. Of several at the same moment one goes on. @throws ApiRefusal as {@link lookAtAddress} */
  async countAddress({ address }: Client): Promise<void> {
    requireRoom(await this.throttle.hit(PER_ADDRESS, addressBucket(address)));
  }

  /**
   * Counts a letter that a stranger causes; whether it may be written. Kept by account, whatever name was typed. No PIN is
   * sent where too many were wrong.
   */
  async mayWriteTo(accountId: string, withPin: boolean): Promise<boolean> {
    if (withPin && !(await this.guesses.room('stranger', accountId)).allowed) return false;
    return (await this.throttle.hit(PER_PERSON, accountId)).allowed;
  }

  /** Sends no PIN for an administrator where too many were wrong. @throws ApiRefusal 503 with `Retry-After` */
  async requirePinRoom(accountId: string): Promise<void> {
    requireRoom(await this.guesses.room('administrator', accountId));
  }
}

function requireRoom({ allowed, retryAfter }: ThrottleVerdict): void {
  if (!allowed) throw ApiRefusal.limited(retryAfter);
}
