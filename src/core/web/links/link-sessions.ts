import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyRing } from '../../crypto/key-ring.js';
import { plainSecret, type Sealed } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import { Throttle } from '../../throttle/throttle.js';
import { CSRF_FIELD, CsrfTokens } from '../csrf-tokens.js';
import { type FormFields, readForm } from '../form-fields.js';
import { dropCookie, readCookie, setCookie } from '../page-cookies.js';
import type { Page } from '../page/page.js';
import { Pages } from '../pages.js';
import { startedElsewhere, type Visit } from '../visit.js';
import { doneCookie, donePath, type LinkSite, sessionCookie } from './link-site.js';

/** Submissions of one form in a page session, each of which may cost a password hash or calls of a directory. */
const SUBMISSIONS = { name: 'page-session-submissions', limit: 30, window: 900 };

/** The page session that an opened link begins: its cookie, its forms, and what the last page says. */
@Injectable()
export class LinkSessions {
  constructor(
    private readonly pages: Pages,
    private readonly csrf: CsrfTokens,
    private readonly keyRing: KeyRing,
    private readonly throttle: Throttle,
  ) {}

  /** The secret of the session that the browser names; whether there is one is for the feature to say. */
  secretOf(request: FastifyRequest, site: LinkSite): string | undefined {
    return readCookie(request, sessionCookie(site));
  }

  /** The value of `CSRF_FIELD` in the form of this name. */
  csrfValue(session: string, form: string): string {
    return this.csrf.issue(plainSecret(session), form);
  }

  /**
   * Reads a form that we gave to this session.
   *
   * @throws FormError, DomainError `form-not-valid` when it is not
   */
  async ownForm(request: FastifyRequest, session: string, form: string): Promise<FormFields> {
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const fields = await readForm(request);
    if (!this.csrf.accepts(plainSecret(session), form, fields.text(CSRF_FIELD))) {
      throw new DomainError('form-not-valid', { detail: 'CSRF value of another session' });
    }
    return fields;
  }

  /**
   * Counts a submission of this form; call it once {@link ownForm} has read it, and before anything else is done about it.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds
   */
  async countSubmission(session: string, form: string): Promise<void> {
    await this.throttle.require(SUBMISSIONS, this.keyRing.digest(plainSecret(session), `submissions ${form}`));
  }

  /** Ends the session without a result and says so with `page`. */
  end(reply: FastifyReply, visit: Visit, site: LinkSite, page: Page): void {
    dropCookie(reply, visit, sessionCookie(site));
    this.pages.send(reply, visit, page);
  }

  /** Ends the session and leads on to the last page, which shows `outcome`. It must not hold a secret. */
  finish(reply: FastifyReply, visit: Visit, site: LinkSite, outcome: object): void {
    dropCookie(reply, visit, sessionCookie(site));
    const sealed = this.keyRing.seal(plainSecret(JSON.stringify(outcome)), purposeOf(site));
    setCookie(reply, visit, doneCookie(site), sealed);
    this.pages.redirect(reply, visit, donePath(site));
  }

  /** The outcome as {@link finish} sealed it for this kind of link; undefined for anything else. */
  outcome(request: FastifyRequest, site: LinkSite): object | undefined {
    const sealed = readCookie(request, doneCookie(site)) ?? '';
    try {
      return JSON.parse(this.keyRing.open(sealed as Sealed, purposeOf(site))) as object;
    } catch {
      return undefined;
    }
  }
}

function purposeOf({ name }: LinkSite): string {
  return `${name} outcome`;
}
