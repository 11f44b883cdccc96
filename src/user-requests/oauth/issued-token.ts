import type { PlainSecret } from '../../core/crypto/secret-types.js';

/** A token as it is handed out, once. */
export interface IssuedToken {
  readonly token: PlainSecret;
  readonly secret: PlainSecret;
}

/** A token that a call shows, with the secret that it is to be signed with. */
export interface ShownToken {
  /** Names it in limits and the audit; no secret. */
  readonly id: string;
  readonly secret: PlainSecret;
}
