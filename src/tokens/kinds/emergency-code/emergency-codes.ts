import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { Clock } from '../../../core/time/clock.js';
import { DirectEnrolment, isOver } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { tokenCodePurpose } from '../../token-secrets.js';
import type { AssignmentStatus } from '../../token-states.js';
import { byAge, TokenStore } from '../../token-store.js';
import { outOfBounds, withinBounds } from '../../within-bounds.js';
import { canonicalEmergencyCode, EMERGENCY_LENGTH, EMERGENCY_SYMBOLS } from './emergency-code.js';
import { emergencyCodeDays } from './emergency-code-settings.js';

/** As many as are tried for one code that is typed. */
export const EMERGENCY_PLACES = 10;

const DAY = 86_400;
const SHORTEST_SECONDS = 300;
const LONGEST_SECONDS = 90 * DAY;
const MOST_USES = 100;

/** What is chosen of a new code. */
export interface NewEmergencyCode {
  /** 6 to 64 letters and digits, as long as one-time passwords are (`OpenOTP.Emerg_Register`); drawn when absent. */
  readonly code?: PlainSecret | undefined;
  /** Seconds for which it works, from five minutes on; the setting `emergency_code_days` when absent. */
  readonly seconds?: number | undefined;
  /** Uses after which it is spent, up to 100; 1 when absent. */
  readonly maxUses?: number | undefined;
}

/** A code that was just made, to be shown once. */
export interface IssuedEmergencyCode {
  readonly code: PlainSecret;
  readonly assignmentId: string;
  readonly expires: Date;
}

/** A person's code as they and administrators may see it. */
export interface EmergencyCodeSummary {
  readonly assignmentId: string;
  readonly slot: string | null;
  readonly status: AssignmentStatus;
  readonly createdAt: Date;
  readonly expires: Date | null;
  readonly usesLeft: number;
}

/**
 * Emergency codes (authentication methods, section 6.12): for people who have lost their second factor. Several at a
 * time; a password reset leaves them alone.
 */
@Injectable()
export class EmergencyCodes {
  constructor(
    private readonly enrolment: DirectEnrolment,
    private readonly store: TokenStore,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `value-out-of-range`; `slot-taken` when the person has ten that still work
   */
  async issue(tx: Tx, holder: EnrolmentHolder, wish: NewEmergencyCode = {}): Promise<IssuedEmergencyCode> {
    const snapshot = await this.configuration.snapshotWithin(tx);
    const seconds = wish.seconds ?? snapshot.setting(emergencyCodeDays, holder.found.domain.id) * DAY;
    const code = wish.code ?? this.random.text(EMERGENCY_LENGTH, EMERGENCY_SYMBOLS);
    const canonical = canonicalEmergencyCode(code);
    if (canonical === undefined) throw outOfBounds('otp', 6, 64);
    const usageLimit = withinBounds('maxuse', wish.maxUses ?? 1, 1, MOST_USES);
    const expires = this.clock.in(withinBounds('expires', seconds, SHORTEST_SECONDS, LONGEST_SECONDS));
    const id = randomUUID();
    const { assignment } = await this.enrolment.enrol(
      tx,
      holder,
      {
        id,
        kind: 'EmergencyCode',
        secretDigest: this.keyRing.digest(canonical, tokenCodePurpose(id)),
        usageLimit,
        expires,
      },
      EMERGENCY_PLACES,
    );
    return { code, assignmentId: assignment.id, expires };
  }

  /** The codes that still work, the oldest first. */
  async list(tx: Tx, accountId: string): Promise<EmergencyCodeSummary[]> {
    const held = await this.store.ofAccount(tx, accountId, ['EmergencyCode']);
    return held
      .toSorted(byAge)
      .filter(({ assignment }) => !isOver(assignment, this.clock.now()))
      .map(({ assignment: { id, slot, status, createdAt, expires, usageLimit, usageCount } }) => ({
        assignmentId: id,
        slot,
        status,
        createdAt,
        expires,
        usesLeft: usageLimit - usageCount,
      }));
  }

  /** @returns false when the person has none such */
  remove(tx: Tx, holder: EnrolmentHolder, assignmentId: string): Promise<boolean> {
    return this.enrolment.remove(tx, holder, 'EmergencyCode', assignmentId);
  }

  /** @returns false when the person has none */
  async removeAll(tx: Tx, holder: EnrolmentHolder): Promise<boolean> {
    return (await this.enrolment.removeAll(tx, holder, 'EmergencyCode')) > 0;
  }
}
