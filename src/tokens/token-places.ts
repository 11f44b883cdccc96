import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../core/database/database.js';
import { hydrate } from '../core/database/guarded-update.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { inForce } from '../core/policies/policy.js';
import { TOKEN_PRODUCT } from '../core/policies/categories/token-product.js';
import { Clock } from '../core/time/clock.js';
import { productPolicy, subjectOf } from './activation/activation-rules.js';
import { freeSlot, SLOT_FAMILIES, tokenSlots } from './slots.js';
import { TokenAssignment } from './token-assignment.entity.js';
import { type HeldToken, TokenStore } from './token-store.js';

/** Seconds. */
const DAY = 86_400;

/** How many tokens a person may have and for how long, by settings and by the policies of token products. */
@Injectable()
export class TokenPlaces {
  constructor(
    private readonly store: TokenStore,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** The first free slot for a one-time password token. @throws DomainError `slot-taken` when all are filled */
  async free(tx: Tx, { account, domain }: FoundPerson, { token }: Pick<HeldToken, 'token'>): Promise<string> {
    const slots = (await this.configuration.snapshotWithin(tx)).setting(tokenSlots, domain.id);
    const filled = (await this.store.ofAccount(tx, account.id)).flatMap(({ assignment }) => assignment.slot ?? []);
    const slot = freeSlot(SLOT_FAMILIES[token.kind], slots, filled);
    if (slot === undefined) throw new DomainError('slot-taken');
    return slot;
  }

  /**
   * Holds a token that came into a slot to the policy of its product (authentication methods, section 6.8): `maxTokens`
   * counts what the person has of the product, `lifetimeDays` lets it end. An end that was set already may only come
   * sooner. In the transaction that gave the token, with the account locked in it; policies for groups do not count, because
   * no directory is asked while it runs.
   *
   * @returns the assignment as it is now
   * @throws DomainError `slot-taken` when the person has more of the product than the policy allows
   */
  async limit(tx: Tx, found: FoundPerson, { token, assignment }: HeldToken): Promise<TokenAssignment> {
    const snapshot = await this.configuration.snapshotWithin(tx);
    const policy = productPolicy(snapshot, token.product, subjectOf(found));
    const most = inForce(policy, TOKEN_PRODUCT.maxTokens);
    const days = inForce(policy, TOKEN_PRODUCT.lifetimeDays);
    if (most > 0 && (await this.count(tx, found, token.product)) > most) throw new DomainError('slot-taken');
    if (days === 0) return assignment;
    const [row] = await rows<Record<string, unknown>>(
      tx,
      'UPDATE token_assignments SET expires = LEAST(expires, $2) WHERE id = $1 RETURNING *',
      [assignment.id, this.clock.in(days * DAY)],
    );
    return row ? hydrate(tx, TokenAssignment, row) : assignment;
  }

  /** What the person has of a product, whatever its status. */
  private async count(tx: Tx, { account }: FoundPerson, product: string): Promise<number> {
    return (await this.store.ofAccount(tx, account.id)).filter(({ token }) => token.product === product).length;
  }
}
