import { Injectable } from '@nestjs/common';
import type { KeyedDigest, PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Clock } from '../../../core/time/clock.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { Enrolments, type Placement } from '../../enrolment/enrolments.js';
import { pendingAsUsable } from '../../enrolment/pending-as-usable.js';
import type { TokenAssignment } from '../../token-assignment.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import { tokenRules } from '../../token-rules.js';
import type { HeldToken } from '../../token-store.js';
import { OtpList } from './otp-list.js';
import { otpListOrder } from './otp-list-settings.js';
import { OtpListRepository } from './otp-list.repository.js';
import { type ListChoice, OtpListSeeds } from './otp-list-seeds.js';

/** What is chosen of a new list; the order comes from the setting `otp_list_order` where it is not. */
export type NewList = Pick<ListChoice, 'size'> & Partial<Omit<ListChoice, 'size'>>;

/** A pending list of which the code that was asked was right. */
export interface ProvedList {
  readonly held: HeldToken;
  readonly digests: readonly KeyedDigest[];
  readonly advance: TokenAdvance | undefined;
}

/** Number of the code that proves a new list, whatever its order. */
export const PROVING_NUMBER = 1;

/** New lists. A person shows with one code that the list was printed or stored; the code is used up with it. */
@Injectable()
export class OtpListEnrolment {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly direct: DirectEnrolment,
    private readonly seeds: OtpListSeeds,
    private readonly repository: OtpListRepository,
    private readonly kind: OtpList,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async begin(tx: Tx, holder: EnrolmentHolder, list: NewList): Promise<HeldToken> {
    const { pending, digests } = this.seeds.draw(await this.complete(tx, holder, list));
    const held = await this.enrolments.begin(tx, holder, pending);
    await this.repository.add(tx, pending.id, digests);
    return held;
  }

  /**
   * Looks at the code with {@link PROVING_NUMBER} of a pending list, counted before.
   *
   * @throws DomainError `passcode-wrong`; `challenge-not-valid` for something else than a list; and as
   *   `Enrolments.countProof`
   */
  async prove(holder: EnrolmentHolder, assignmentId: string, typed: PlainSecret): Promise<ProvedList> {
    const held = await this.enrolments.countProof(holder, assignmentId);
    if (held.token.kind !== 'OTPList') throw new DomainError('challenge-not-valid');
    const rules = tokenRules(await this.configuration.snapshot(), holder.found.domain.id);
    const judged = this.kind.judge(pendingAsUsable(held), typed, this.clock.now(), rules, String(PROVING_NUMBER));
    if (judged.kind !== 'look-up') throw await this.enrolments.refuseProof(holder, held.token, 'passcode-wrong');
    return { held, digests: judged.digests, advance: judged.advance };
  }

  /** Makes a proved list usable, without the code that proved it. @throws DomainError as `Enrolments.finish` */
  async finish(
    tx: Tx,
    holder: EnrolmentHolder,
    { held, digests, advance }: ProvedList,
    placement: Placement,
  ): Promise<TokenAssignment> {
    await this.repository.markUsed(tx, held.token.id, digests, this.clock.now());
    return this.enrolments.finish(tx, holder, held, { ...placement, ...(advance && { advance }) });
  }

  /** Gives the person a new list, in place of the one they have, without a proof. */
  async register(tx: Tx, holder: EnrolmentHolder, list: NewList): Promise<HeldToken> {
    const { pending, digests } = this.seeds.draw(await this.complete(tx, holder, list));
    const held = await this.direct.enrol(tx, holder, pending);
    await this.repository.add(tx, pending.id, digests);
    return held;
  }

  private async complete(tx: Tx, { found }: EnrolmentHolder, { size, order, hash }: NewList): Promise<ListChoice> {
    const snapshot = await this.configuration.snapshotWithin(tx);
    return { size, order: order ?? snapshot.setting(otpListOrder, found.domain.id), hash: hash ?? 'SHA256' };
  }
}
