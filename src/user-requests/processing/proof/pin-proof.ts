import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type Sealed } from '../../../core/crypto/secret-types.js';
import { Configuration } from '../../../core/domains/configuration.js';
import type { OneTimeRequest } from '../../../core/requests/one-time-request.entity.js';
import { pageSessionIdleMinutes } from '../../../core/requests/request-settings.js';
import { Clock } from '../../../core/time/clock.js';
import { type PageCookie, readCookie, setCookie } from '../../../core/web/page-cookies.js';
import type { ProcessingCall } from '../processing-call.js';

const PURPOSE = 'user request pin proof';

/**
 * That this browser has shown the right PIN of a request, sealed into a cookie of that request's page alone: the form
 * that follows neither holds the PIN nor asks for it again. It is good for this request only, and as long as a page
 * session may be idle; whether the request can still be used is for the statement that uses it.
 */
@Injectable()
export class PinProof {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async give(call: ProcessingCall, { id }: OneTimeRequest): Promise<void> {
    const seconds = 60 * (await this.configuration.snapshot()).setting(pageSessionIdleMinutes);
    const proof = JSON.stringify({ id, session: this.sessionOf(call), until: this.clock.in(seconds).getTime() });
    setCookie(
      call.reply,
      call.visit,
      { ...cookieOf(call), maxAge: seconds },
      this.keyRing.seal(plainSecret(proof), PURPOSE),
    );
  }

  has(call: ProcessingCall, { id }: OneTimeRequest): boolean {
    const sealed = readCookie(call.request, cookieOf(call));
    if (sealed === undefined) return false;
    try {
      const proof = JSON.parse(this.keyRing.open(sealed as Sealed, PURPOSE)) as Record<string, unknown>;
      const now = this.clock.now().getTime();
      return proof['id'] === id && proof['session'] === this.sessionOf(call) && Number(proof['until']) > now;
    } catch {
      return false;
    }
  }

  /** The proof is good in the page session in which it was given. */
  private sessionOf({ pageSession }: ProcessingCall): string {
    return this.keyRing.digest(pageSession, PURPOSE);
  }
}

function cookieOf({ path }: ProcessingCall): PageCookie {
  // Below the number, above the code: no cookie's path repeats a code.
  return { name: 'latchkey_request_pin', path: path.replace(/\/[^/]+\/?$/, '/'), sameSite: 'lax' };
}
