import { createHash } from 'node:crypto';
import type { MasterKey } from '../../src/core/crypto/key-ring.js';

/** Master keys with these ids, the sealing one first. Each is made from its id, so the same id is the same key. */
export function testMasterKeys(ids: readonly string[] = ['k1']): MasterKey[] {
  return ids.map((id) => ({ id, key: createHash('sha256').update(id).digest() }));
}
