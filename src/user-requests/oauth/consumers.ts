import type { ConsumerDeclaration } from '../../core/config/file/sections/consumers.js';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { ConfigurationSnapshot, Declared } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';

/** A consumer of the configuration whose domain is open (RFC 5849: client). */
export interface Consumer {
  readonly key: string;
  readonly secret: PlainSecret;
  readonly domain: Domain;
  /** Whether it may exchange login and password for a token. */
  readonly xauth: boolean;
  readonly tokens: readonly DeclaredToken[];
}

/** An access token that exists from the start. */
export interface DeclaredToken {
  /** Names it in limits and the audit; no secret. */
  readonly id: string;
  readonly token: PlainSecret;
  readonly secret: PlainSecret;
  /** Person of the consumer's domain on whose behalf it acts. */
  readonly login: string;
}

/** The consumers by their keys. @returns the same object for the same snapshot */
export const consumers = perSnapshot((snapshot): ReadonlyMap<string, Consumer> => {
  const open = snapshot.declared('consumer').map((object) => consumerOf(snapshot, object));
  return new Map(open.filter((consumer) => consumer !== undefined).map((consumer) => [consumer.key, consumer]));
});

/** The declared token of a consumer; each of them is compared, whichever is right. */
export function declaredToken({ tokens }: Consumer, shown: string): DeclaredToken | undefined {
  const right = tokens.map(({ token }) => equalSecrets(token, shown));
  return tokens[right.indexOf(true)];
}

function consumerOf(snapshot: ConfigurationSnapshot, { name: key, spec, secrets }: Declared): Consumer | undefined {
  // The secrets lie beside the specification, by their path in it.
  const { domain: domainName, xauth, tokens } = spec as unknown as Omit<ConsumerDeclaration, 'key'>;
  const domain = snapshot.domain(domainName);
  if (!domain) return undefined;
  const secretAt = (path: string): PlainSecret => secrets[path] ?? plainSecret('');
  return {
    key,
    secret: secretAt('secret'),
    domain,
    xauth,
    tokens: tokens.map(({ login }, at) => ({
      id: `${key} ${at + 1}`,
      token: secretAt(`tokens[${at}].token`),
      secret: secretAt(`tokens[${at}].secret`),
      login,
    })),
  };
}
