import type { Authenticator } from './token-kinds.js';

/** What an authenticator is worth by itself. */
interface Standing {
  /** Whether it may be all that a log-on asks. */
  readonly alone: boolean;
  /** Whether it may stand beside a link or a password as the second factor. */
  readonly secondFactor: boolean;
}

/**
 * Security questions are no authenticator under NIST SP 800-63B, so never alone, and no second factor beside a password,
 * which is knowledge too (authentication methods, section 6.12). An emergency code replaces the second factor that
 * somebody has lost and never both (attack class 16). A PIN is knowledge as well; application passwords and SSH keys
 * serve programs.
 */
export const STANDING = {
  OTP: { alone: true, secondFactor: true },
  OTPoD: { alone: true, secondFactor: true },
  OOBA: { alone: true, secondFactor: true },
  GRID: { alone: true, secondFactor: true },
  GRIDGO: { alone: true, secondFactor: true },
  EMCODE: { alone: false, secondFactor: true },
  QNA: { alone: false, secondFactor: false },
  FIDO: { alone: true, secondFactor: true },
  CERT: { alone: true, secondFactor: true },
  PIN: { alone: false, secondFactor: false },
  APPKEY: { alone: true, secondFactor: false },
  SSHKEY: { alone: true, secondFactor: false },
} as const satisfies Record<Authenticator, Standing>;

/** Authenticators that may be a second factor. */
export type SecondFactor = {
  [Name in Authenticator]: (typeof STANDING)[Name]['secondFactor'] extends true ? Name : never;
}[Authenticator];

/**
 * Whether what was shown may be all of a log-on: something that stands alone is among it. `SPASS` is the static password,
 * which does where the log-on procedure asks for nothing else.
 */
export function sufficesForLogon(shown: readonly (Authenticator | 'SPASS')[]): boolean {
  return shown.some((authenticator) => authenticator === 'SPASS' || STANDING[authenticator].alone);
}

declare const proved: unique symbol;

/**
 * A person has shown a second factor. It is worth something only beside a first one: whoever sets a password, or takes
 * an authenticator away, asks for a one-time request or a password as well and never for this by itself.
 */
export interface SecondFactorProof {
  readonly accountId: string;
  readonly authenticator: SecondFactor;
  readonly at: Date;
  readonly [proved]: true;
}

/** To be called by the services that have verified it, and by nobody else. */
export function secondFactorProof(accountId: string, authenticator: SecondFactor, at: Date): SecondFactorProof {
  return { accountId, authenticator, at } as SecondFactorProof;
}
