import { hash } from 'node:crypto';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { StoredAgentToken } from './agent-token.repository.js';

/** Milliseconds for which this process believes what it has read of a token; as long as of the configuration. */
export const TOKEN_STALENESS_MS = 1_000;

/** Tokens kept before those that are no use any more are dropped. */
const MANY = 1_000;

interface Held {
  readonly found: Promise<StoredAgentToken | undefined>;
  /** Reading of `performance.now()` when the database was asked. */
  readonly since: number;
}

/**
 * Tokens that this process has looked up within the last second, so that a busy agent costs a statement a second and not
 * one a request. Requests that come while one is being looked up wait for the same answer. Unknown tokens are forgotten
 * at once: a flood of them fills nothing.
 */
export class RecentTokens {
  private readonly held = new Map<string, Held>();

  get(token: PlainSecret, find: () => Promise<StoredAgentToken | undefined>): Promise<StoredAgentToken | undefined> {
    // By its digest, so that no token is kept in memory, and none is compared character by character.
    const key = hash('sha256', token, 'base64');
    const now = performance.now();
    const known = this.held.get(key);
    if (known && now - known.since < TOKEN_STALENESS_MS) return known.found;
    const found = find();
    const entry: Held = { found, since: now };
    this.held.set(key, entry);
    const forget = (): void => {
      if (this.held.get(key) === entry) this.held.delete(key);
    };
    found.then((stored) => stored ?? forget(), forget);
    if (this.held.size > MANY) this.drop(now);
    return found;
  }

  private drop(now: number): void {
    for (const [key, { since }] of this.held) {
      if (now - since >= TOKEN_STALENESS_MS) this.held.delete(key);
    }
  }
}
