import type { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Environment } from '../../core/config/environment.js';
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
import { ASKED_FACTORS, type AskedFactor } from './second-factor-questions.js';

/** What a person can show as a second factor now. */
export interface OfferedFactors {
  /** A code of a token, an app or a list. */
  readonly code: boolean;
  /** What answers a question. */
  readonly questions: readonly AskedFactor[];
  readonly fido: boolean;
  /** `not-shown`: the person has one, and our listener asks for it, but the browser has shown none. */
  readonly certificate: 'shown' | 'not-shown' | undefined;
  readonly emergencyCode: boolean;
  /** Ways by which a passcode can be sent, the preferred one first. */
  readonly passcodes: readonly PasscodeRoute[];
}

/** How somebody came to the page. */
export interface Arrival {
  /** By which way their link came: a passcode that takes the same proves nothing more. */
  readonly cameBy: DeliveryMethod;
  /** What their browser has shown to our own listener. */
  readonly certificate: X509Certificate | undefined;
}

const TYPED: ReadonlySet<TokenKindName> = new Set(['TOTP', 'HOTP', 'Yubikey', 'OTPList'] as const);

/** The second factors of people (manager-json-rpc section 10.2, step 2). */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly onDemand: OnDemandPasscodes,
    private readonly environment: Environment,
    private readonly clock: Clock,
  ) {}

  /**
   * What this person can show beside their link.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async of(found: FoundPerson, { cameBy, certificate }: Arrival): Promise<OfferedFactors> {
    const accountId = found.account.id;
    const usable = await this.attempts.usable({
      accountId,
      kinds: TOKEN_KINDS,
      tokenId: undefined,
      now: this.clock.now(),
    });
    const kinds = new Set(usable.map(({ kind }) => kind));
    return {
      code: usable.some((token) => TYPED.has(token.kind) && !isAskedByNumber(token)),
      questions: ASKED_FACTORS.filter((factor) =>
        factor === 'OTPList' ? usable.some(isAskedByNumber) : kinds.has(factor),
      ),
      fido: kinds.has('FIDO'),
      certificate: kinds.has('Certificate') ? this.certificate(certificate) : undefined,
      emergencyCode: kinds.has('EmergencyCode'),
      passcodes: await this.onDemand.routes({ found, use: 'second-factor', except: channelsOfLink(cameBy) }),
    };
  }

  /** A listener that asks for none, as behind a proxy that ends TLS, can be shown none. */
  private certificate(shown: X509Certificate | undefined): OfferedFactors['certificate'] {
    if (shown) return 'shown';
    return this.environment.tls?.clientCa === undefined ? undefined : 'not-shown';
  }
}

/** The channels by which a link came. */
export function channelsOfLink(method: DeliveryMethod): Channel[] {
  if (method === 'NONE') return [];
  return method === 'MAILSMS' ? ['MAIL', 'SMS'] : [method];
}

/** Whether there is anything to show at all. */
export function hasAny({ code, questions, fido, certificate, emergencyCode, passcodes }: OfferedFactors): boolean {
  return code || fido || emergencyCode || certificate !== undefined || questions.length > 0 || passcodes.length > 0;
}

function isAskedByNumber({ kind, state }: UsableToken): boolean {
  return kind === 'OTPList' && listState(state).order === 'BY_NUMBER';
}
