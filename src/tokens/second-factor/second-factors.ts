import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { DeliveryMethod } from '../../core/requests/one-time-request.entity.js';
import { Clock } from '../../core/time/clock.js';
import type { Channel } from '../../delivery/outbox.js';
import { OnDemandPasscodes } from '../kinds/on-demand/on-demand-passcodes.js';
import type { PasscodeRoute } from '../kinds/on-demand/passcode-channels.js';
import { listState } from '../kinds/otp-list/otp-list-codes.js';
import { TOKEN_KINDS, type TokenKindName } from '../token-kinds.js';
import type { UsableToken } from '../usable-token.js';
import { AttemptRepository } from '../verification/attempt.repository.js';

/** What a person can show as a second factor now. */
export interface OfferedFactors {
  /** A code of a token, an app or a list. */
  readonly code: boolean;
  readonly fido: boolean;
  readonly emergencyCode: boolean;
  /** Ways by which a passcode can be sent, the preferred one first. */
  readonly passcodes: readonly PasscodeRoute[];
}

const TYPED: ReadonlySet<TokenKindName> = new Set(['TOTP', 'HOTP', 'Yubikey', 'OTPList'] as const);

/** The second factors of people (manager-json-rpc section 10.2, step 2). */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly onDemand: OnDemandPasscodes,
    private readonly clock: Clock,
  ) {}

  /**
   * What this person can show beside a link that came to them by `cameBy`: a passcode that takes the link's own way
   * proves nothing more.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async of(found: FoundPerson, cameBy: DeliveryMethod): Promise<OfferedFactors> {
    const accountId = found.account.id;
    const usable = await this.attempts.usable({
      accountId,
      kinds: TOKEN_KINDS,
      tokenId: undefined,
      now: this.clock.now(),
    });
    const kinds = new Set(usable.map(({ kind }) => kind));
    return {
      code: usable.some(isTyped),
      fido: kinds.has('FIDO'),
      emergencyCode: kinds.has('EmergencyCode'),
      passcodes: await this.onDemand.routes({ found, use: 'second-factor', except: channelsOfLink(cameBy) }),
    };
  }
}

/** The channels by which a link came. */
export function channelsOfLink(method: DeliveryMethod): Channel[] {
  if (method === 'NONE') return [];
  return method === 'MAILSMS' ? ['MAIL', 'SMS'] : [method];
}

/** Whether there is anything to show at all. */
export function hasAny({ code, fido, emergencyCode, passcodes }: OfferedFactors): boolean {
  return code || fido || emergencyCode || passcodes.length > 0;
}

/** A list that is asked by number needs a question first, which this page does not put. */
function isTyped({ kind, state }: UsableToken): boolean {
  return TYPED.has(kind) && !(kind === 'OTPList' && listState(state).order === 'BY_NUMBER');
}
