import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  type VerifiedAuthenticationResponse,
  type VerifiedRegistrationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG, decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { within } from '../../../core/time/within.js';
import type { FidoState } from './fido-token.js';
import type { RelyingParty } from './relying-party.js';

/** Signature algorithms of keys, most wanted first: Ed25519, ES256, RS256 (RFC 9053, RFC 8812). */
export const FIDO_ALGORITHMS: number[] = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

/** What a ceremony must keep to. */
export interface CeremonyRules {
  readonly relyingParty: RelyingParty;
  readonly challenge: string;
  readonly requireUserVerification: boolean;
}

export type Registration = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;
export type Assertion = VerifiedAuthenticationResponse['authenticationInfo'];

/** Milliseconds for the check of a maker's statement, which may ask the maker for revocations. */
const PATIENCE_MS = 10_000;

/**
 * Verifies a registration (WebAuthn Level 3, section 7.1).
 *
 * @param attestation `none` takes no certificate, so that nothing a stranger sent is asked for over the network
 * @returns undefined for everything that is not right, in whatever way
 */
export async function verifyRegistration(
  response: RegistrationResponseJSON,
  rules: CeremonyRules & { readonly attestation: 'none' | 'direct' },
): Promise<Registration | undefined> {
  return orNothing(async () => {
    if (isCrossOrigin(response.response.clientDataJSON)) return undefined;
    if (rules.attestation === 'none' && hasCertificates(response.response.attestationObject)) return undefined;
    const verified = await within(
      verifyRegistrationResponse({ response, ...expected(rules), supportedAlgorithmIDs: FIDO_ALGORITHMS }),
      PATIENCE_MS,
    );
    // The credential must be the one that the browser named.
    return verified?.registrationInfo?.credential.id === response.id ? verified.registrationInfo : undefined;
  });
}

/**
 * Verifies an assertion (WebAuthn Level 3, section 7.2) but for the signature counter, which is for the caller to settle.
 *
 * @returns undefined for everything that is not right, in whatever way
 */
export async function verifyAssertion(
  response: AuthenticationResponseJSON,
  rules: CeremonyRules,
  { credentialId, publicKey }: FidoState,
): Promise<Assertion | undefined> {
  return orNothing(async () => {
    if (isCrossOrigin(response.response.clientDataJSON)) return undefined;
    const credential = { id: credentialId, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter: 0 };
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      ...expected(rules),
      credential,
    });
    return verified ? authenticationInfo : undefined;
  });
}

function expected({ relyingParty, challenge, requireUserVerification }: CeremonyRules) {
  return {
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification,
  };
}

/** Our pages hold their ceremonies themselves; one in a frame of somebody else's page is none of ours (section 7.1). */
function isCrossOrigin(clientDataJSON: string): boolean {
  const clientData: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
  return (
    typeof clientData === 'object' && clientData !== null && 'crossOrigin' in clientData && !!clientData.crossOrigin
  );
}

function hasCertificates(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const format = decoded.get('fmt');
  return format !== 'none' && (format !== 'packed' || decoded.get('attStmt').get('x5c') !== undefined);
}

/** The parsers throw at what they do not understand, with texts that quote challenges: nothing of it goes further. */
async function orNothing<T>(check: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await check();
  } catch {
    return undefined;
  }
}
