import type { Authenticator, TokenKindName } from '../../token-kinds.js';
import type { ResponseKind } from './response-kind.js';

/** Every kind that answers questions. */
export class ResponseKinds {
  constructor(private readonly kinds: readonly ResponseKind[]) {}

  /** Names of the kinds, of one authenticator or all. */
  names(authenticator?: Authenticator): TokenKindName[] {
    return this.kinds
      .filter((kind) => authenticator === undefined || kind.authenticator === authenticator)
      .map(({ name }) => name);
  }

  /** The kind of this name; undefined for one that answers no questions. */
  find(name: TokenKindName): ResponseKind | undefined {
    return this.kinds.find((kind) => kind.name === name);
  }
}
