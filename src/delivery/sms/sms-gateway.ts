import type { ConfigurationSnapshot, Declared } from '../../core/domains/configuration.js';

/** A declared HTTP gateway, ready to be called. */
export interface SmsGateway {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

const DEFAULT_TIMEOUT_SECONDS = 15;
const HEADER_SECRET = /^headers\.(.+)$/;

/** The first gateway of the configuration file; undefined when none is declared. */
export function usableGateway(snapshot: ConfigurationSnapshot): SmsGateway | undefined {
  const declared = snapshot.declared('sms-gateway').find(({ spec }) => spec['kind'] === 'http');
  return declared && gatewayFrom(declared);
}

function gatewayFrom({ name, spec, secrets }: Declared): SmsGateway {
  const headers = Object.entries(secrets).flatMap(([path, value]) => {
    const header = HEADER_SECRET.exec(path)?.[1];
    return header ? [[header.toLowerCase(), value] as const] : [];
  });
  const seconds = typeof spec['timeoutSeconds'] === 'number' ? spec['timeoutSeconds'] : DEFAULT_TIMEOUT_SECONDS;
  return {
    name,
    url: secrets['url'] ?? String(spec['url']),
    headers: Object.fromEntries(headers),
    timeoutMs: seconds * 1_000,
  };
}
