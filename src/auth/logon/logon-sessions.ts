import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Clock } from '../../core/time/clock.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import type { AttemptContext } from '../../tokens/verification/attempts.js';
import type { Application, AuthenticatorCode, LogonStep } from '../applications/application.js';
import { clearsOthers } from './logon-progress.js';
import type { LogonSession } from './logon-session.entity.js';
import { LogonSessionRepository, type SessionKey } from './logon-session.repository.js';

/** What the cookie of a call means. */
export type HeldSession =
  /** Nothing: a logon begins. `replaces` is a session of this agent that is over, or was emptied. */
  | { readonly kind: 'none'; readonly replaces: string | undefined }
  /** A logon with steps left; an attempt in it is counted. */
  | { readonly kind: 'pending'; readonly session: LogonSession };

/** A step that somebody has passed. */
export interface StepPassage {
  readonly held: HeldSession;
  readonly agent: string;
  readonly application: Application;
  readonly found: FoundPerson;
  readonly step: LogonStep;
  readonly method: AuthenticatorCode;
  /** Whether no step is left. */
  readonly completes: boolean;
  /** When the credential was presented. */
  readonly since: Date;
  /** How long a logon with steps left may take until the next one. */
  readonly pendingSeconds: number;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

/** What the digests of cookies are for. */
const COOKIE = 'logon-session';

/** Seconds of a logon with steps left, at all. */
const LONGEST_PENDING_SECONDS = 3_600;
/** Seconds of a complete logon: idle, and at all (NIST SP 800-63B section 4.2.3; authentication methods, section 1.4). */
const IDLE_SECONDS = 1_800;
const LONGEST_SECONDS = 43_200;

/** Credentials that are examined in one step of one session, whatever else bounds them. */
const MOST_ATTEMPTS = 20;

/**
 * Logon sessions: who has passed which steps of what, by way of which agent. They are in the database, so that any
 * process takes the next step. The cookie's value is made here alone, when the first step is passed and anew with the last
 * one, so that nobody is given a session that somebody else knows (session fixation).
 */
@Injectable()
export class LogonSessions {
  constructor(
    private readonly repository: LogonSessionRepository,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The session of a cookie, for a credential that is about to be presented in it.
   *
   * @throws AuthRefusal 236 for one that there is not, or that is another agent's; 233 when its time or its attempts are over
   */
  async take(agent: string, cookie: PlainSecret | undefined): Promise<HeldSession> {
    if (cookie === undefined) return { kind: 'none', replaces: undefined };
    const key = this.keyOf(agent, cookie);
    const session = await this.repository.count(key, this.clock.now(), MOST_ATTEMPTS);
    if (session) return { kind: 'pending', session };
    const other = await this.repository.find(key);
    if (!other) throw new AuthRefusal(236);
    if (other.accountId === null || other.completedAt !== null) return { kind: 'none', replaces: other.id };
    throw new AuthRefusal(233);
  }

  /**
   * Writes down that a step was passed.
   *
   * @returns `cookie` is the one from now on, where it is another; undefined when another request has changed the session,
   *   or the person's password has changed, since the credential was presented
   */
  async pass(passage: StepPassage): Promise<{ readonly cookie: PlainSecret | undefined } | undefined> {
    const { held, found, step, method, completes, agent, application } = passage;
    const at = this.clock.now();
    const shown = shownIn(passage);
    const cookie = this.random.linkSecret();
    const idle = completes ? IDLE_SECONDS : passage.pendingSeconds;
    const passed = {
      accountId: found.account.id,
      credentialGeneration: found.account.credentialGeneration,
      stepId: step.id,
      method,
      digest: this.keyRing.digest(cookie, COOKIE),
      at,
      idleUntil: this.clock.in(idle),
      expiresAt: this.clock.in(completes ? LONGEST_SECONDS : LONGEST_PENDING_SECONDS),
      completes,
      forgivenBelow: clearsOthers(shown) ? passage.rules.maxFailures : 0,
      audit: this.audit.values(auditEvent(passage)),
    };
    const won =
      held.kind === 'pending'
        ? await this.repository.advance(passed, held.session, passage.since)
        : await this.repository.open(passed, {
            id: randomUUID(),
            agent,
            applicationId: application.id,
            replaces: held.replaces ?? null,
          });
    if (!won) return undefined;
    return { cookie: completes || held.kind === 'none' ? cookie : undefined };
  }

  /** @returns the id of the session that was ended; undefined when this agent has none of that cookie */
  async end(agent: string, cookie: PlainSecret | undefined): Promise<string | undefined> {
    return cookie === undefined ? undefined : this.repository.end(this.keyOf(agent, cookie));
  }

  /** Empties a session and keeps its cookie. @returns its id, as {@link end} does */
  async reset(agent: string, cookie: PlainSecret | undefined): Promise<string | undefined> {
    return cookie === undefined ? undefined : this.repository.reset(this.keyOf(agent, cookie));
  }

  private keyOf(agent: string, cookie: PlainSecret): SessionKey {
    return { digests: this.keyRing.digests(cookie, COOKIE), agent };
  }
}

/** What was shown in the logon, this step included. */
export function shownIn({ held, method }: Pick<StepPassage, 'held' | 'method'>): readonly AuthenticatorCode[] {
  return held.kind === 'pending' ? [...held.session.shown, method] : [method];
}

function auditEvent({ context, found, completes, step, method, held }: StepPassage) {
  return {
    ...context,
    event: completes ? 'logon.completed' : 'logon.step-passed',
    outcome: 'success' as const,
    accountId: found.account.id,
    detail: {
      ...context.detail,
      step: step.name,
      steps: (held.kind === 'pending' ? held.session.passedSteps.length : 0) + 1,
      authenticator: method,
    },
  };
}
