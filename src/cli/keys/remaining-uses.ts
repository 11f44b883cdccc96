import type { KeyUse } from '../../core/crypto/rotation/key-usage.js';
import { onOneLine } from '../text-table.js';

/** For each key but the current one, whether it may be taken out of LATCHKEY_MASTER_KEYS, and if not, why. */
export function remainingUses(uses: readonly KeyUse[], current: string, ring: readonly string[]): string[] {
  const others = new Set([...ring, ...uses.map(({ keyId }) => keyId)].filter((id) => id !== current));
  return [...others].map((id) => {
    const own = uses.filter(({ keyId }) => keyId === id);
    const sealed = total(own, 'sealed');
    const digests = total(own, 'digest');
    const name = `key ${onOneLine(id)}`;
    if (sealed > 0) return `${name}: ${sealed} sealed values lie under it; keep it, and run: latchkey keys rotate`;
    if (digests === 0) return `${name}: nothing lies under it; it may be taken out`;
    return (
      `${name}: ${digests} digests were made with it, which cannot be made anew; keep it until they are gone, or take it ` +
      'out and what they belong to has to be enrolled or sent again'
    );
  });
}

function total(uses: readonly KeyUse[], kind: KeyUse['kind']): number {
  return uses.filter((use) => use.kind === kind).reduce((sum, { count }) => sum + count, 0);
}
