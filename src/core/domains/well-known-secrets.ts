import { equalSecrets } from '../crypto/equal-secrets.js';
import type { PlainSecret } from '../crypto/secret-types.js';

/** Secrets that everybody knows: the demo world's, and what people write to get going. */
const WELL_KNOWN = [
  'password',
  'changeme',
  'demo-agent-secret',
  'mySecret',
  'mh7an9dkrg59',
  'b9q1n5il4lcc',
  ...Array.from({ length: 4 }, (_, index) => `correct horse ${index + 1}`),
];

/** Whether a secret is one that real mode refuses. */
export function isWellKnown(secret: PlainSecret): boolean {
  return WELL_KNOWN.some((known) => equalSecrets(known, secret));
}
