import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { AssignmentReference, TokenReference, UserReference } from '../../surfaces/auth-envelope/references.js';
import type { HeldToken } from '../../tokens/token-store.js';
import { AuthPeople } from '../people/auth-people.js';
import { PersonTokens } from './person-tokens.js';

/** An assignment, named by itself, or by its person and its token. */
export interface TargetReference {
  readonly tokenAssignment?: AssignmentReference;
  readonly user?: UserReference;
  readonly token?: TokenReference;
}

/** A token of somebody. */
export interface TokenTarget {
  readonly found: FoundPerson;
  readonly held: HeldToken;
}

/** The assignments that calls are about, and their people, who may do something with them. */
@Injectable()
export class TokenTargets {
  constructor(
    private readonly people: AuthPeople,
    private readonly tokens: PersonTokens,
  ) {}

  /**
   * @param wanted which token a reference means that fits several
   * @throws AuthRefusal 101 for a reference that names none; 258, 252, 250, 251; and as `AuthPeople.find`
   * @throws DomainError as {@link person}
   */
  async find(
    caller: AuthCaller,
    { tokenAssignment, user, token }: TargetReference,
    wanted: (held: HeldToken) => boolean,
  ): Promise<TokenTarget> {
    if (tokenAssignment?.id !== undefined) return this.byAssignment(caller, tokenAssignment.id, { user, token });
    if (!user) throw missing(token ? 'user' : 'tokenAssignment');
    if (!token) throw missing('token');
    const found = await this.person(caller, user);
    return { found, held: await this.tokens.named(caller.snapshot, found, token, wanted) };
  }

  /**
   * The person meant, as long as they may log on.
   *
   * @throws AuthRefusal as `AuthPeople.find`
   * @throws DomainError as `AuthPeople.find`, `requireActive` and `requireUnblocked`
   */
  async person(caller: AuthCaller, user: UserReference): Promise<FoundPerson> {
    const found = await this.people.find(caller, user);
    this.people.requireActive(found);
    await this.people.requireUnblocked(found);
    return found;
  }

  private async byAssignment(
    caller: AuthCaller,
    id: string,
    { user, token }: Pick<TargetReference, 'user' | 'token'>,
  ): Promise<TokenTarget> {
    const named = user && (await this.person(caller, user));
    const assignment = await this.tokens.assignment(id);
    if (!assignment) throw new AuthRefusal(258);
    if (named && named.account.id !== assignment.accountId) throw new AuthRefusal(252);
    const found = named ?? (await this.person(caller, { id: assignment.accountId }));
    const held = await this.tokens.ofAssignment(found, id);
    if (token) await this.requireSame(caller, found, held, token);
    return { found, held };
  }

  /** A token that is named beside the assignment is its token. */
  private async requireSame(
    { snapshot }: AuthCaller,
    found: FoundPerson,
    held: HeldToken,
    token: TokenReference,
  ): Promise<void> {
    const fitting = await this.tokens.list(snapshot, found, token);
    if (!fitting.some(({ assignment }) => assignment.id === held.assignment.id)) throw new AuthRefusal(258);
  }
}
