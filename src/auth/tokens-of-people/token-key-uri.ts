import type { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { oathState } from '../../tokens/kinds/oath/oath-token.js';
import { buildKeyUri } from '../../tokens/oath/key-uri.js';
import { seedFromText } from '../../tokens/oath/seed.js';
import { TOKEN_SECRET } from '../../tokens/token-secrets.js';
import type { Token } from '../../tokens/token.entity.js';

const DEFAULT_PERIOD = 30;

/** The `otpauth://` URI of a TOTP or HOTP token as it stands: of an event-based one the next counter. */
export function tokenKeyUri(keyRing: KeyRing, { domain, person }: FoundPerson, token: Token): PlainSecret {
  if (!token.secretSealed) throw new Error('a token without a key has no key URI');
  const { hash, digits, period = DEFAULT_PERIOD } = oathState(token.state);
  const seed = seedFromText(keyRing.open(token.secretSealed, TOKEN_SECRET));
  const base = { issuer: domain.name, account: person.login, seed, hash, digits };
  return token.kind === 'HOTP'
    ? buildKeyUri({ kind: 'HOTP', ...base, counter: Number(token.counter ?? -1) + 1 })
    : buildKeyUri({ kind: 'TOTP', ...base, period });
}
