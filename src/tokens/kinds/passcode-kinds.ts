import type { PasscodeKind } from '../token-kind.js';
import type { Authenticator, TokenKindName } from '../token-kinds.js';

/** Every kind whose passcodes are typed. */
export class PasscodeKinds {
  private readonly byName: ReadonlyMap<TokenKindName, PasscodeKind>;

  constructor(private readonly kinds: readonly PasscodeKind[]) {
    this.byName = new Map(kinds.map((kind) => [kind.name, kind]));
  }

  /** Names of the kinds that serve an authenticator. */
  of(authenticator: Authenticator): TokenKindName[] {
    return this.kinds.filter((kind) => kind.authenticator === authenticator).map(({ name }) => name);
  }

  /** @throws Error for a kind that has no typed passcodes */
  get(name: TokenKindName): PasscodeKind {
    const kind = this.byName.get(name);
    if (!kind) throw new Error(`${name} has no typed passcodes`);
    return kind;
  }
}
