import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { Enrolments, type NewPending } from '../../enrolment/enrolments.js';
import { SLOT_FAMILIES, slotName } from '../../slots.js';
import { tokenRules } from '../../token-rules.js';
import { pinCodePurpose } from '../../token-secrets.js';
import type { HeldToken } from '../../token-store.js';
import type { Attempter } from '../../verification/attempter.js';
import { Passcodes, type PasscodeVerdict } from '../../verification/passcodes.js';
import { outOfBounds } from '../../within-bounds.js';
import { isPinCode, LONGEST_PIN, SHORTEST_PIN } from './pin-code.js';

/** Symbols of a generated PIN: none is taken for another, and all are on the first layer of a telephone's keyboard. */
const SYMBOLS = '23456789abcdefghjkmnpqrstuvwxyz';
/** 6 symbols are 29.7 bit, and still typed in front of every one-time password. */
const GENERATED_LENGTH = 6;

const PLACE = slotName(SLOT_FAMILIES.PINCode, 1);

/** PIN codes of people: one each, shown to nobody after the moment in which it was generated. */
@Injectable()
export class PinCodes {
  constructor(
    private readonly enrolment: DirectEnrolment,
    private readonly enrolments: Enrolments,
    private readonly passcodes: Passcodes,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  generate(): PlainSecret {
    return this.random.text(GENERATED_LENGTH, SYMBOLS);
  }

  /**
   * Begins a PIN that `Enrolments.finish` puts into its place, for pages that ask before they replace one.
   *
   * @throws DomainError `value-out-of-range` for what cannot be a PIN
   */
  async begin(tx: Tx, holder: EnrolmentHolder, pin: PlainSecret): Promise<HeldToken> {
    return this.enrolments.begin(tx, holder, this.pending(pin));
  }

  /** Gives the person this PIN, in place of the one they have. @throws DomainError `value-out-of-range` */
  async register(tx: Tx, holder: EnrolmentHolder, pin: PlainSecret): Promise<HeldToken> {
    return this.enrolment.enrol(tx, holder, this.pending(pin));
  }

  /** Checks a PIN by itself, without a passcode; every attempt is counted first. */
  async verify({ found, context, rules: own }: Attempter, typed: PlainSecret): Promise<PasscodeVerdict> {
    const rules = own ?? tokenRules(await this.configuration.snapshot(), found.domain.id);
    return this.passcodes.verify({ accountId: found.account.id, authenticator: 'PIN', typed, rules, context });
  }

  /**
   * A person gives themself another PIN by showing the one they have, counted as an attempt.
   *
   * @throws DomainError `value-out-of-range`, before anything is counted; `slot-taken` when it was changed meanwhile
   */
  async change(holder: EnrolmentHolder, current: PlainSecret, next: PlainSecret): Promise<PasscodeVerdict> {
    const pending = this.pending(next);
    const verdict = await this.verify(holder, current);
    if (!verdict.ok) return verdict;
    await this.database.transaction(async (tx) => {
      const held = await this.enrolments.begin(tx, holder, pending);
      await this.enrolments.finish(tx, holder, held, { slot: PLACE, replaces: verdict.token.assignmentId });
    });
    return verdict;
  }

  /** @returns false when the person has none */
  async remove(tx: Tx, holder: EnrolmentHolder): Promise<boolean> {
    return (await this.enrolment.removeAll(tx, holder, 'PINCode')) > 0;
  }

  private pending(pin: PlainSecret): NewPending {
    if (!isPinCode(pin)) throw outOfBounds('pin', SHORTEST_PIN, LONGEST_PIN);
    const id = randomUUID();
    return { id, kind: 'PINCode', secretDigest: this.keyRing.digest(pin, pinCodePurpose(id)) };
  }
}
