import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { consumeIfUnused, hydrate } from '../../core/database/guarded-update.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { AttemptContext } from '../verification/attempts.js';
import { PushActivation } from './push-activation.entity.js';

/** Digits and small letters without those that are taken for another: five bits each. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits; manager-json-rpc section 12 wants 16 or 17 characters. */
const CODE_LENGTH = 16;
const CODE = /^[0-9a-z]{16}$/;
/** PINs that are looked at. */
const ATTEMPT_LIMIT = 5;

/** How an activation came out, or has not yet. */
export type ActivationProgress = 'waiting' | 'done' | 'failed';

/** What is allowed to whoever knows the code. */
export interface NewActivation {
  /** Seconds for which it works. */
  readonly seconds: number;
  /** Has to be entered besides the code. */
  readonly pin?: PlainSecret | undefined;
  /** For the audit; its actor is who allows it. */
  readonly context: AttemptContext;
}

/** Codes by which a person makes a phone or browser their push device, each once. */
@Injectable()
export class PushActivations {
  constructor(
    private readonly audit: Audit,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns the code, which is not stored; an open activation of the same person is withdrawn */
  async create({ account }: FoundPerson, { seconds, pin, context }: NewActivation): Promise<PlainSecret> {
    const code = this.random.text(CODE_LENGTH, ALPHABET);
    const id = randomUUID();
    await this.database.transaction(async (tx) => {
      await rows(
        tx,
        `UPDATE push_activations SET state = 'withdrawn' WHERE account_id = $1 AND state = 'waiting' RETURNING id`,
        [account.id],
      );
      await rows(
        tx,
        `INSERT INTO push_activations (id, account_id, code_digest, pin_digest, actor, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          id,
          account.id,
          this.keyRing.digest(code, 'push-activation'),
          pin === undefined ? null : this.keyRing.digest(pin, `push-activation-pin ${id}`),
          context.actor,
          this.clock.now(),
          this.clock.in(seconds),
        ],
      );
      await this.audit.record(tx, {
        ...context,
        event: 'push-activation.made',
        outcome: 'success',
        accountId: account.id,
        detail: { seconds, pin: pin !== undefined },
      });
    });
    return code;
  }

  /** How it stands; what nobody knows has failed. */
  async progress(code: string): Promise<ActivationProgress> {
    const found = await this.byCode(code);
    if (found?.state === 'done') return 'done';
    return found?.state === 'waiting' && found.expiresAt > this.clock.now() ? 'waiting' : 'failed';
  }

  /** An activation that waits for its device; nothing is used up. @throws DomainError `challenge-not-valid` */
  async waiting(code: string): Promise<PushActivation> {
    const found = await this.byCode(code);
    if (found?.state !== 'waiting' || found.expiresAt <= this.clock.now()) throw new DomainError('challenge-not-valid');
    return found;
  }

  /**
   * Checks the PIN, counted before it is looked at; after five wrong ones the activation is over. Not inside a
   * transaction.
   *
   * @throws DomainError `challenge-not-valid`, `proof-not-valid`
   */
  async checkPin({ id, pinDigest }: PushActivation, pin: string): Promise<void> {
    const counted = await consumeIfUnused(
      this.database.manager,
      PushActivation,
      { where: `${OPEN} AND attempts < ${ATTEMPT_LIMIT}`, parameters: { id, now: this.clock.now() } },
      { attempts: () => 'attempts + 1' },
    );
    if (!counted) throw new DomainError('challenge-not-valid');
    if (pinDigest === null) return;
    const given = this.keyRing.digests(plainSecret(pin), `push-activation-pin ${id}`);
    if (!given.some((digest) => equalSecrets(digest, pinDigest))) throw new DomainError('proof-not-valid');
  }

  /** Uses it up, by one of any number of rivals. @throws DomainError `challenge-not-valid` for all others */
  async complete(tx: Tx, { id }: PushActivation): Promise<void> {
    const done = await consumeIfUnused(
      tx,
      PushActivation,
      { where: OPEN, parameters: { id, now: this.clock.now() } },
      { state: 'done' },
    );
    if (!done) throw new DomainError('challenge-not-valid');
  }

  private async byCode(code: string): Promise<PushActivation | undefined> {
    const canonical = code.toLowerCase();
    if (!CODE.test(canonical)) return undefined;
    const digests = this.keyRing.digests(plainSecret(canonical), 'push-activation');
    const [row] = await this.database.query<Record<string, unknown>>(
      'SELECT * FROM push_activations WHERE code_digest = ANY($1)',
      [digests],
    );
    return row && hydrate(this.database.manager, PushActivation, row);
  }
}

const OPEN = `id = :id AND state = 'waiting' AND expires_at > :now`;
