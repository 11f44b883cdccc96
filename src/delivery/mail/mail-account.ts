import type { ConfigurationSnapshot, Declared } from '../../core/domains/configuration.js';

/** The declared account that writes on the server's behalf, with the relay it goes through. */
export interface MailAccount {
  readonly name: string;
  readonly address: string;
  readonly fromDisplayName: string;
  readonly replyTo: string | undefined;
  readonly relay: MailRelay;
}

/** A declared mail profile. */
export interface MailRelay {
  readonly name: string;
  /** Changes with the declaration. */
  readonly version: string;
  /** `smtp:` or `smtps:`, with credentials when the relay asks for them. */
  readonly url: URL;
  readonly requireTls: boolean;
  /** PEM file of the certificate authority, where it is not one of the system's. */
  readonly caFile: string | undefined;
  readonly verifyCertificate: boolean;
  readonly connectTimeoutMs: number;
  /** Whether connections are kept open between mails. */
  readonly pooled: boolean;
}

const DEFAULT_CONNECT_TIMEOUT_SECONDS = 10;

/** The account in use: enabled, `isSystem`, first by name (iam-rest section 7); undefined when there is none. */
export function systemAccount(snapshot: ConfigurationSnapshot): MailAccount | undefined {
  return usableAccount(snapshot, ({ spec }) => spec['isSystem'] === true);
}

/** The enabled account with this address, compared without regard to case; undefined when there is none. */
export function accountWithAddress(snapshot: ConfigurationSnapshot, address: string): MailAccount | undefined {
  return usableAccount(snapshot, ({ spec }) => text(spec['address'])?.toLowerCase() === address.toLowerCase());
}

function usableAccount(
  snapshot: ConfigurationSnapshot,
  isWanted: (declared: Declared) => boolean,
): MailAccount | undefined {
  const profiles = new Map(snapshot.declared('mail-profile').map((profile) => [profile.name, profile]));
  const candidates = snapshot
    .declared('mail-account')
    .filter((declared) => isWanted(declared) && declared.spec['enabled'] !== false)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, spec } of candidates) {
    const profile = profiles.get(text(spec['profile']) ?? '');
    const address = text(spec['address']);
    const relay = profile && relayFrom(profile);
    if (!relay || !address) continue;
    return {
      name,
      address,
      fromDisplayName: text(spec['fromDisplayName']) ?? '',
      replyTo: text(spec['replyTo']),
      relay,
    };
  }
  return undefined;
}

function relayFrom({ name, version, spec, secrets }: Declared): MailRelay | undefined {
  const url = secrets['url'] ?? text(spec['url']);
  if (!url || !URL.canParse(url)) return undefined;
  const seconds = spec['connectTimeoutSeconds'];
  return {
    name,
    version,
    url: new URL(url),
    requireTls: spec['requireTls'] === true,
    caFile: text(spec['caFile']),
    verifyCertificate: spec['tlsRejectUnauthorized'] !== false,
    connectTimeoutMs: (typeof seconds === 'number' ? seconds : DEFAULT_CONNECT_TIMEOUT_SECONDS) * 1_000,
    pooled: spec['pooled'] === true,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
