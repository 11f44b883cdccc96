import { createHash } from 'node:crypto';
import type { HeldToken } from '../../token-store.js';
import { encodeBase32 } from '../../oath/base32.js';

/** What a FIDO key stores in `Token.state`; nothing of it is a secret. The signature counter is `Token.counter`. */
export interface FidoState {
  /** base64url, WebAuthn Level 3, section 4, *Credential ID*. */
  readonly credentialId: string;
  /** COSE_Key (RFC 9052 section 7), base64url. */
  readonly publicKey: string;
  readonly transports: readonly string[];
  /** Model of the authenticator, all zeros when it does not say. */
  readonly aaguid: string;
  /** Format of the attestation statement, `none` when there was none. */
  readonly attestation: string;
  /** Whether the owner was recognised at registration, by PIN or fingerprint. */
  readonly userVerified: boolean;
  /** Whether it may be copied between devices (`multiDevice`). */
  readonly deviceType: string;
}

const SERIAL_BYTES = 16;

/**
 * The serial number of a FIDO key: a digest of its credential ID, so that no credential belongs to two accounts
 * (WebAuthn Level 3, section 7.1, step "credentialId is not yet registered").
 */
export function fidoSerial(credentialId: string): string {
  const digest = createHash('sha256').update(Buffer.from(credentialId, 'base64url')).digest();
  return `FIDO-${encodeBase32(digest.subarray(0, SERIAL_BYTES))}`;
}

/** @throws Error when the stored state is not one that we wrote */
export function fidoState(state: Readonly<Record<string, unknown>>): FidoState {
  const { credentialId, publicKey } = state;
  if (typeof credentialId !== 'string' || typeof publicKey !== 'string') {
    throw new Error('the stored state of a FIDO key lacks its credential');
  }
  return state as unknown as FidoState;
}

/** The credentials as options name them, e.g. in `excludeCredentials`. */
export function descriptors(held: readonly HeldToken[]): { id: string; transports: string[] }[] {
  return held.map(({ token }) => {
    const { credentialId, transports } = fidoState(token.state);
    return { id: credentialId, transports: [...transports] };
  });
}

/** The user handle of an account: its random id, which says nothing about the person (WebAuthn Level 3, section 14.6.1). */
export function userHandle(accountId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(accountId.replaceAll('-', ''), 'hex'));
}
