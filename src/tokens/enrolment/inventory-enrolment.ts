import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Throttle } from '../../core/throttle/throttle.js';
import { PROVABLE_KINDS } from '../inventory/inventory-types.js';
import { Inventory } from '../inventory/inventory.js';
import { newSeed, seedText } from '../oath/seed.js';
import type { TokenAssignment } from '../token-assignment.entity.js';
import type { TokenAdvance } from '../token-kind.js';
import { TOKEN_SECRET } from '../token-secrets.js';
import { Token } from '../token.entity.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments, type Placement } from './enrolments.js';
import { FirstPasscode } from './first-passcode.js';

/** Looks at one person's claims in fifteen minutes: a serial number is printed on the device, and a code has six digits. */
const CLAIMS = { name: 'inventory-claims', limit: 10, window: 900 };

/** A token of the inventory whose current passcode was right. */
export interface ClaimedToken {
  readonly token: Token;
  readonly advance: TokenAdvance;
}

/**
 * Tokens of the inventory, which nobody has yet, or which were set aside for the person: whoever holds one names its serial number and shows a current passcode
 * (manager-json-rpc section 10.1, "hardware serial from inventory").
 */
@Injectable()
export class InventoryEnrolment {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly passcode: FirstPasscode,
    private readonly inventory: Inventory,
    private readonly throttle: Throttle,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly database: Database,
  ) {}

  /**
   * Looks at a claim, counted before. A serial number that there is not, a token that somebody has, one that is locked and
   * a wrong passcode are the same refusal after the same work, so that nobody learns what lies in the inventory.
   *
   * @throws DomainError `passcode-wrong`; `too-many-attempts` with `retryAfter` seconds
   */
  async prove(holder: EnrolmentHolder, serial: string, typed: PlainSecret): Promise<ClaimedToken> {
    await this.throttle.require(CLAIMS, holder.found.account.id);
    const token = await this.inventory.available(this.database.manager, holder, serial, PROVABLE_KINDS);
    const judged = await this.passcode.judge(holder, { token: token ?? this.nobodys() }, typed);
    if (token && judged.kind === 'match') return { token, advance: judged.advance };
    throw await this.enrolments.refuseProof(holder, { serial }, 'passcode-wrong');
  }

  /**
   * Gives the person the token. Of two who claim it at the same moment one gets it; the other is refused as if it had
   * been gone before.
   *
   * @throws DomainError `passcode-wrong`; and as `Enrolments.finish`
   */
  async finish(
    tx: Tx,
    holder: EnrolmentHolder,
    { token: { serial }, advance }: ClaimedToken,
    placement: Placement,
  ): Promise<TokenAssignment> {
    const held = await this.inventory.take(tx, holder, serial, PROVABLE_KINDS).catch((error: unknown) => {
      throw DomainError.is(error, 'no-usable-token', 'serial-taken', 'token-disabled')
        ? new DomainError('passcode-wrong', { cause: error })
        : error;
    });
    return this.enrolments.finish(tx, holder, held, { ...placement, advance });
  }

  /** Stands in for a token that there is not. */
  private nobodys(): Token {
    return Object.assign(new Token(), {
      id: randomUUID(),
      serial: '',
      kind: 'TOTP',
      product: '',
      secretSealed: this.keyRing.seal(seedText(newSeed(this.random, 'SHA1')), TOKEN_SECRET),
      secretDigest: null,
      state: { hash: 'SHA1', digits: 6, period: 30 },
      counter: null,
      drift: 0,
      passcodeHistory: [],
    } satisfies Partial<Token>);
  }
}
