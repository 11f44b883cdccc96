import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { oauthCallerOf } from '../../surfaces/oauth1/oauth.guard.js';

/** Calls about users of one token in a minute; those that change somebody are fewer. */
const READING: ThrottleRule = { name: 'reading users, of a token', limit: 600, window: 60 };
const CHANGING: ThrottleRule = { name: 'changing users, of a token', limit: 120, window: 60 };

/** Bounds how often a token calls; stands behind `OAuthGuard` (user-requests section 7: 503). */
@Injectable()
export class UserCallsGuard implements CanActivate {
  constructor(private readonly throttle: Throttle) {}

  /** @throws DomainError `too-many-attempts` with `retryAfter` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const rule = request.method === 'POST' ? CHANGING : READING;
    await this.throttle.require(rule, oauthCallerOf(request).tokenId);
    return true;
  }
}
