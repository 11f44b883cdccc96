import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Characters of a whole response as JSON; the longest genuine ones carry a chain of certificates. */
const LONGEST_RESPONSE = 64 * 1_024;
/** Characters of base64url for what is short by nature: client data, authenticator data, signatures. */
const LONGEST_PART = 8 * 1_024;
/** 1023 bytes (WebAuthn Level 3, section 4, *Credential ID*). */
const LONGEST_ID = 1_364;

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** Ways to reach an authenticator (WebAuthn Level 3, section 5.8.4); other words are not kept. */
const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

/**
 * Reads what `navigator.credentials.create` gave (`RegistrationResponseJSON`, WebAuthn Level 3, section 5.1): as JSON text
 * or parsed. Only its form is looked at, within bounds, so that what parses it further never sees more than it can hold
 * (attack class 40).
 *
 * @returns undefined when it is not such a response
 */
export function readRegistration(value: unknown): RegistrationResponseJSON | undefined {
  const { id, response } = readCredential(value);
  const clientDataJSON = part(response['clientDataJSON'], LONGEST_PART);
  const attestationObject = part(response['attestationObject'], LONGEST_RESPONSE);
  if (!id || !clientDataJSON || !attestationObject) return undefined;
  const named: unknown[] = Array.isArray(response['transports']) ? response['transports'] : [];
  const transports = TRANSPORTS.filter((word) => named.includes(word));
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports },
  };
}

/** Reads what `navigator.credentials.get` gave (`AuthenticationResponseJSON`); as {@link readRegistration}. */
export function readAssertion(value: unknown): AuthenticationResponseJSON | undefined {
  const { id, response } = readCredential(value);
  const clientDataJSON = part(response['clientDataJSON'], LONGEST_PART);
  const authenticatorData = part(response['authenticatorData'], LONGEST_PART);
  const signature = part(response['signature'], LONGEST_PART);
  const userHandle = part(response['userHandle'], LONGEST_PART);
  if (!id || !clientDataJSON || !authenticatorData || !signature) return undefined;
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) },
  };
}

function readCredential(value: unknown): { id: string | undefined; response: Readonly<Record<string, unknown>> } {
  const credential = members(typeof value === 'string' ? parse(value) : value);
  const id = part(credential['id'], LONGEST_ID);
  const whole = credential['type'] === 'public-key' && credential['rawId'] === credential['id'];
  return { id: whole ? id : undefined, response: members(credential['response']) };
}

function parse(text: string): unknown {
  if (text.length > LONGEST_RESPONSE) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function part(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length <= longest && BASE64URL.test(value) ? value : undefined;
}
