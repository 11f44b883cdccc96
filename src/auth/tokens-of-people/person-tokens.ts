import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { isStoredUuid } from '../../core/database/uuid.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenReference } from '../../surfaces/auth-envelope/references.js';
import { productOf } from '../../tokens/products.js';
import { TokenAssignment } from '../../tokens/token-assignment.entity.js';
import { type HeldToken, TokenStore } from '../../tokens/token-store.js';
import { Token } from '../../tokens/token.entity.js';

/** What people were given, and which of it a call means (authentication methods, section 2.1). */
@Injectable()
export class PersonTokens {
  constructor(
    private readonly store: TokenStore,
    private readonly database: Database,
  ) {}

  /** What fits a filter, or everything; by serial number. */
  async list(
    snapshot: ConfigurationSnapshot,
    { account }: FoundPerson,
    filter: TokenReference = {},
  ): Promise<HeldToken[]> {
    const held = await this.store.assignedTo(this.database.manager, account.id);
    return held
      .filter(({ token }) => fits(snapshot, token, filter))
      .toSorted((one, other) => (one.token.serial < other.token.serial ? -1 : 1));
  }

  /**
   * The token that a call means. Where a reference fits several, one that is `wanted`, the higher priority first, then the
   * older one.
   *
   * @throws AuthRefusal 250, 252 for a token that is named; 251 where none of a sort is `wanted`
   */
  async named(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson,
    reference: TokenReference,
    wanted: (held: HeldToken) => boolean,
  ): Promise<HeldToken> {
    const fitting = await this.list(snapshot, found, reference);
    const [best] = fitting.filter(wanted).toSorted(byPrecedence);
    const isNamed = reference.id !== undefined || reference.serial !== undefined;
    if (best) return best;
    const [other] = fitting.toSorted(byPrecedence);
    if (other && isNamed) return other;
    throw new AuthRefusal(isNamed ? await this.absence(reference) : 251);
  }

  /** An assignment that has not ended, whoever has it; undefined when there is none. */
  async assignment(id: string): Promise<TokenAssignment | undefined> {
    if (!isStoredUuid(id)) return undefined;
    const found = await this.database.manager.findOneBy(TokenAssignment, { id });
    return found && found.endedAt === null ? found : undefined;
  }

  /** The token of one of this person's assignments. @throws AuthRefusal 258 for what they were not given */
  async ofAssignment({ account }: FoundPerson, assignmentId: string): Promise<HeldToken> {
    const held = await this.store.assignedTo(this.database.manager, account.id);
    const found = held.find(({ assignment }) => assignment.id === assignmentId);
    if (!found) throw new AuthRefusal(258);
    return found;
  }

  /** Why a token that is named is not among the person's: it is somebody else's, or nobody's, or there is none. */
  private async absence({ id, serial }: TokenReference): Promise<250 | 252> {
    if (id !== undefined && !isStoredUuid(id)) return 250;
    const where = { ...(id !== undefined && { id }), ...(serial !== undefined && { serial }) };
    return (await this.database.manager.existsBy(Token, where)) ? 252 : 250;
  }
}

/** Every member of the reference holds; of functions, each is among those of the product. */
function fits(snapshot: ConfigurationSnapshot, token: Token, reference: TokenReference): boolean {
  const { id, serial, productMethod, productFunctions = [] } = reference;
  if (id !== undefined && token.id !== id) return false;
  if (serial !== undefined && token.serial !== serial) return false;
  if (productMethod === undefined && productFunctions.length === 0) return true;
  const { method, functions } = productOf(snapshot, token.product);
  return (
    (productMethod === undefined || method === productMethod) &&
    productFunctions.every((name) => functions.includes(name))
  );
}

function byPrecedence({ assignment: one }: HeldToken, { assignment: other }: HeldToken): number {
  return other.priority - one.priority || one.createdAt.getTime() - other.createdAt.getTime();
}
