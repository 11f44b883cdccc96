import type { Domain } from '../../core/domains/domain.entity.js';
import { AUTHENTICATORS, type Authenticator } from '../../tokens/token-kinds.js';

/** What may be presented in a logon step (authentication methods, section 5, "Authenticator codes"). */
export type AuthenticatorCode = 'SPASS' | Authenticator;

/** The names of authenticators, as {@link AUTHENTICATORS} has them, and that of the static password. */
export const AUTHENTICATOR_NAMES: Readonly<Record<AuthenticatorCode, string>> = {
  SPASS: 'Static Password',
  ...AUTHENTICATORS,
};

/** Domains whose people may use the same applications. */
export interface Realm {
  /** Stable; see `declaredId`. */
  readonly id: string;
  readonly name: string;
  /** In the order of the declaration; blocked ones are left out. */
  readonly domains: readonly Domain[];
}

/** A step of a logon procedure. */
export interface LogonStep {
  /** Stable; see `declaredId`. */
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** One of them is enough. In the order of the declaration, without repetition. */
  readonly authenticators: readonly AuthenticatorCode[];
  /** Whether a challenge is fetched before the step; `challengResponse` on the wire. */
  readonly challengeResponse: boolean;
  /** Whether a static password is checked against the directory; `checkStaticPass` on the wire. */
  readonly checkStaticPassword: boolean;
  readonly logonProcedure: LogonProcedure;
}

/** How people log on to an application. */
export interface LogonProcedure {
  /** Stable; see `declaredId`. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** In their order; empty for one that asks for nothing. */
  readonly steps: readonly LogonStep[];
}

/** What people log on to. */
export interface Application {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Undefined when the application has none. */
  readonly realm: Realm | undefined;
  /** In their order; undefined for an application without a logon procedure, empty for one that asks for nothing. */
  readonly steps: readonly LogonStep[] | undefined;
  readonly logonProcedure: LogonProcedure | undefined;
}
