import type { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret } from '../../../core/crypto/secret-types.js';
import { rows, type Tx } from '../../../core/database/database.js';
import { tokenCodePurpose } from '../../token-secrets.js';

/** What a token was asked before; labels are no secret, they stood on a screen. */
export async function askedBefore(tx: Tx, tokenId: string): Promise<Set<string>> {
  const found = await rows<{ label: string }>(tx, 'SELECT label FROM token_codes WHERE token_id = $1', [tokenId]);
  return new Set(found.map(({ label }) => label));
}

/** Remembers what a token is asked now, for as long as the token lives; nobody else may ask it afterwards. */
export async function rememberAsked(
  tx: Tx,
  keyRing: KeyRing,
  tokenId: string,
  labels: readonly string[],
  at: Date,
): Promise<void> {
  const digests = labels.map((label) => keyRing.digest(plainSecret(label), tokenCodePurpose(tokenId)));
  await rows(
    tx,
    `INSERT INTO token_codes (token_id, position, label, digest, used_at)
     SELECT $1, 0, label, digest, $4 FROM unnest($2::text[], $3::text[]) AS asked (label, digest)
     ON CONFLICT (token_id, digest) DO UPDATE SET used_at = COALESCE(token_codes.used_at, excluded.used_at)`,
    [tokenId, labels, digests, at],
  );
}
