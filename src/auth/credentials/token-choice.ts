import { Injectable } from '@nestjs/common';
import { isUuid } from '../../core/database/uuid.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenReference } from '../../surfaces/auth-envelope/references.js';
import { productOf } from '../../tokens/products.js';
import type { TokenKindName } from '../../tokens/token-kinds.js';
import { TokenChoiceRepository, type TokenStanding } from './token-choice.repository.js';

/** A reference as far as a verification itself can hold to it: no read of its own is needed. */
export interface MeantToken {
  readonly tokenId: string | undefined;
  readonly serial: string | undefined;
}

/** For whose tokens, of which kinds. */
export interface TokenWish {
  readonly accountId: string;
  readonly kinds: readonly TokenKindName[];
  readonly reference: TokenReference | undefined;
}

/** Which of a person's tokens a call means, and why it cannot be used (authentication methods, sections 2.1 and 3). */
@Injectable()
export class TokenChoice {
  constructor(
    private readonly repository: TokenChoiceRepository,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /**
   * The token that is meant, where any will do when none is named. One that is named by id or serial is not looked up:
   * the verification finds it, or {@link refusal} says why not.
   *
   * @throws AuthRefusal 250, 251
   */
  async meant(wish: TokenWish): Promise<MeantToken> {
    const { reference } = wish;
    if (!reference) return { tokenId: undefined, serial: undefined };
    if (reference.productMethod === undefined && reference.productFunctions === undefined) {
      requirePlausible(reference);
      return { tokenId: reference.id?.toLowerCase(), serial: reference.serial };
    }
    const { id } = await this.pick(wish);
    return { tokenId: id, serial: undefined };
  }

  /**
   * The usable token that is meant, the most wanted one when the reference fits several.
   *
   * @throws AuthRefusal 250 to 257
   */
  async pick(wish: TokenWish): Promise<TokenStanding> {
    const { accountId, kinds, reference } = wish;
    const usable = (await this.repository.ofAccount(accountId, this.clock.now())).filter(isUsable);
    const snapshot = await this.configuration.snapshot();
    const chosen = usable.find((token) => {
      const { method, functions } = productOf(snapshot, token.product);
      return (
        kinds.includes(token.kind) &&
        (reference?.id === undefined || token.id === reference.id.toLowerCase()) &&
        (reference?.serial === undefined || token.serial === reference.serial) &&
        (reference?.productMethod === undefined || method === reference.productMethod) &&
        (reference?.productFunctions ?? []).every((name) => functions.includes(name))
      );
    });
    if (!chosen) throw await this.refusal(wish);
    return chosen;
  }

  /** Whether the person has a token of the kinds at all, usable or not. */
  async hasAny({ accountId, kinds }: Pick<TokenWish, 'accountId' | 'kinds'>): Promise<boolean> {
    const tokens = await this.repository.ofAccount(accountId, this.clock.now());
    return tokens.some(({ kind }) => kinds.includes(kind));
  }

  /** Whether the person has a usable token of a kind with a PIN of its own. */
  async hasProtected(accountId: string, kind: TokenKindName): Promise<boolean> {
    const tokens = await this.repository.ofAccount(accountId, this.clock.now());
    return tokens.some((token) => token.kind === kind && token.hasPin && isUsable(token));
  }

  /** Why no token of the kinds can be used: precisely where one is named, else that there is none. */
  async refusal({ accountId, kinds, reference }: TokenWish): Promise<AuthRefusal> {
    if (reference?.id === undefined && reference?.serial === undefined) return new AuthRefusal(251);
    requirePlausible(reference);
    const { id, serial } = reference;
    const token = await this.repository.named(accountId, this.clock.now(), { id, serial });
    if (!token) return new AuthRefusal(250);
    return new AuthRefusal(unusable(token) ?? 251, {}, kinds.includes(token.kind) ? undefined : 'of another method');
  }
}

/** @throws AuthRefusal 250 for what no token can have */
function requirePlausible({ id, serial }: TokenReference): void {
  if (id !== undefined && !isUuid(id)) throw new AuthRefusal(250);
  if (serial?.includes('\0') || serial?.isWellFormed() === false) throw new AuthRefusal(250);
}

function isUsable(token: TokenStanding): boolean {
  return unusable(token) === undefined;
}

function unusable({ status, assignmentStatus, inTime, spent }: TokenStanding) {
  if (assignmentStatus === null) return 252;
  if (status !== 'ACTIVE' || assignmentStatus === 'DISABLED') return 253;
  if (assignmentStatus === 'INACTIVE') return 254;
  if (assignmentStatus === 'LOCKED') return 255;
  if (!inTime) return 256;
  return spent ? 257 : undefined;
}
