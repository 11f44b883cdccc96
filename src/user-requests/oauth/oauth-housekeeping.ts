import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringJob, untilEmpty } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { Nonces } from './nonces.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 60_000;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Seconds for which an access token that is over is still told from an unknown one. */
const TOLD_EXPIRED = 30 * 86_400;
const REQUEST_TOKEN_TOLD_EXPIRED = 86_400;

/** Deletes nonces that cannot be repeated any more and tokens that are over. No rule relies on it. */
@Injectable()
export class OAuthHousekeeping {
  private readonly job = new RecurringJob('housekeeping of OAuth 1.0a', () => this.run());

  constructor(
    private readonly nonces: Nonces,
    private readonly tokens: OAuthTokenRepository,
    private readonly clock: Clock,
  ) {}

  @Interval('oauth-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many rows it deleted. */
  async run(): Promise<number> {
    const nonces = await untilEmpty(() => this.nonces.purge(BATCH));
    const requests = await untilEmpty(() =>
      this.tokens.purgeRequestTokens(this.clock.in(-REQUEST_TOKEN_TOLD_EXPIRED), BATCH),
    );
    const access = await untilEmpty(() => this.tokens.purgeAccessTokens(this.clock.in(-TOLD_EXPIRED), BATCH));
    return nonces + requests + access;
  }
}
