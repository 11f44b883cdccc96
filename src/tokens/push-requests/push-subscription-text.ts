import { DomainError } from '../../core/errors/domain-error.js';
import { isJsonObject, JsonError, readJsonText } from '../../core/web/strict-json.js';

/** A subscription as the Push API gives it. */
export interface DeviceSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

const POINT = /^[A-Za-z0-9_-]{87}=?$/;
const SECRET = /^[A-Za-z0-9_-]{22}(==)?$/;
const LONGEST = 2_000;

/**
 * Reads a subscription that a device sent. Its address is one that this server will call, so only known push services
 * are taken: anybody with a device could else have us call what only we can reach.
 *
 * @param services host names; `*.` in front of one allows every name below it
 * @throws DomainError `value-out-of-range`
 */
export function readSubscription(text: string, services: readonly string[]): DeviceSubscription {
  const { endpoint, keys } = members(text);
  const { p256dh, auth } = typeof keys === 'object' && keys !== null ? (keys as Record<string, unknown>) : {};
  if (typeof endpoint !== 'string' || endpoint.length > LONGEST || !isKnown(endpoint, services)) throw refusal();
  if (typeof p256dh !== 'string' || typeof auth !== 'string' || !POINT.test(p256dh) || !SECRET.test(auth)) {
    throw refusal();
  }
  return { endpoint, keys: { p256dh, auth } };
}

function members(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = readJsonText(text);
    if (isJsonObject(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  throw refusal();
}

function isKnown(endpoint: string, services: readonly string[]): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false;
  return services.some((service) =>
    service.startsWith('*.') ? url.hostname.endsWith(service.slice(1)) : url.hostname === service,
  );
}

function refusal(): DomainError {
  return new DomainError('value-out-of-range', { params: { parameter: 'subscription' } });
}
