import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Clock } from '../../../core/time/clock.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import type { NewPending } from '../../enrolment/enrolments.js';
import { appKeySlots } from '../../slots.js';
import { appKeyPurpose } from '../../token-secrets.js';
import type { AssignmentStatus } from '../../token-states.js';
import { byAge, TokenStore } from '../../token-store.js';
import { outOfBounds, withinBounds } from '../../within-bounds.js';
import { appKeyDays } from './app-key-settings.js';
import {
  APP_KEY_LENGTHS,
  APP_KEY_SYMBOLS,
  canonicalAppKey,
  LONGEST_APP_KEY_DAYS,
  LONGEST_TEMPORARY,
  LONGEST_TEMPORARY_MINUTES,
  SHORTEST_TEMPORARY,
} from './app-key.js';

const MINUTE = 60;
const DAY = 86_400;
const DEFAULT_LENGTH = 20;
const LONGEST_CLIENT = 100;

/** What is chosen of a new application password. */
export interface NewAppKey {
  /** The program it is for, in the person's words; up to 100 characters. */
  readonly client?: string | undefined;
  /** One of {@link APP_KEY_LENGTHS}; 20 when absent. */
  readonly length?: number | undefined;
  /** 1 to 365; the setting `app_key_days` when absent. */
  readonly days?: number | undefined;
}

/** An application password that was just made, to be shown once. */
export interface IssuedAppKey {
  readonly password: PlainSecret;
  readonly assignmentId: string;
  readonly expires: Date;
}

/** An application password as its owner and administrators may see it. */
export interface AppKeySummary {
  readonly assignmentId: string;
  readonly serial: string;
  readonly slot: string | null;
  readonly client: string | null;
  readonly status: AssignmentStatus;
  readonly createdAt: Date;
  readonly expires: Date | null;
  readonly lastUsedAt: Date | null;
}

/**
 * Application passwords: for programs that can show nothing but a password. Each is long and random, works until its end
 * and is shown once; what is stored is a keyed digest and the time of its last use.
 */
@Injectable()
export class AppKeys {
  constructor(
    private readonly enrolment: DirectEnrolment,
    private readonly store: TokenStore,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `value-out-of-range`; `slot-taken` when every place holds one that still works */
  async issue(tx: Tx, holder: EnrolmentHolder, wish: NewAppKey = {}): Promise<IssuedAppKey> {
    const snapshot = await this.configuration.snapshotWithin(tx);
    const length = APP_KEY_LENGTHS.find((known) => known === (wish.length ?? DEFAULT_LENGTH));
    if (length === undefined) throw new DomainError('value-out-of-range', { params: { parameter: 'length' } });
    const days = wish.days ?? snapshot.setting(appKeyDays, holder.found.domain.id);
    const password = this.random.text(length, APP_KEY_SYMBOLS);
    return this.enrol(tx, holder, password, withinBounds('expires', days, 1, LONGEST_APP_KEY_DAYS) * DAY, wish.client);
  }

  /**
   * Takes a password that the caller has chosen, for a day at most (manager-json-rpc section 12, `OpenOTP.TmpKey_Register`).
   *
   * @throws DomainError `value-out-of-range`; `slot-taken` when every place holds one that still works
   */
  async registerTemporary(
    tx: Tx,
    holder: EnrolmentHolder,
    password: PlainSecret,
    minutes = LONGEST_TEMPORARY_MINUTES,
    client?: string,
  ): Promise<IssuedAppKey> {
    withinBounds('password', Array.from(password).length, SHORTEST_TEMPORARY, LONGEST_TEMPORARY);
    const seconds = withinBounds('expires', minutes, 1, LONGEST_TEMPORARY_MINUTES) * MINUTE;
    return this.enrol(tx, holder, password, seconds, client);
  }

  /** All of them, also those that are over, the oldest first. */
  async list(tx: Tx, accountId: string): Promise<AppKeySummary[]> {
    const held = await this.store.ofAccount(tx, accountId, ['AppKey']);
    return held.toSorted(byAge).map(({ token, assignment: { id, slot, name, status, createdAt, expires } }) => ({
      assignmentId: id,
      serial: token.serial,
      slot,
      client: name,
      status,
      createdAt,
      expires,
      lastUsedAt: token.lastUsedAt,
    }));
  }

  /** @returns false when the person has none such */
  remove(tx: Tx, holder: EnrolmentHolder, assignmentId: string): Promise<boolean> {
    return this.enrolment.remove(tx, holder, 'AppKey', assignmentId);
  }

  /** @returns false when the person has none */
  async removeAll(tx: Tx, holder: EnrolmentHolder): Promise<boolean> {
    return (await this.enrolment.removeAll(tx, holder, 'AppKey')) > 0;
  }

  private async enrol(
    tx: Tx,
    holder: EnrolmentHolder,
    password: PlainSecret,
    seconds: number,
    client: string | undefined,
  ): Promise<IssuedAppKey> {
    const canonical = canonicalAppKey(password);
    if (canonical === undefined) throw outOfBounds('password', SHORTEST_TEMPORARY, LONGEST_TEMPORARY);
    const { account, domain } = holder.found;
    const places = (await this.configuration.snapshotWithin(tx)).setting(appKeySlots, domain.id);
    const expires = this.clock.in(seconds);
    const pending: NewPending = {
      kind: 'AppKey',
      secretDigest: this.keyRing.digest(canonical, appKeyPurpose(account.id)),
      expires,
      ...(client !== undefined && { name: clientName(client) }),
    };
    const { assignment } = await this.enrolment.enrol(tx, holder, pending, places);
    return { password, assignmentId: assignment.id, expires };
  }
}

/** What a person calls a program, on one line. */
function clientName(client: string): string {
  const name = client
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  withinBounds('client', Array.from(name).length, 1, LONGEST_CLIENT);
  return name;
}
