import { Injectable } from '@nestjs/common';
import { KeyRing } from '../core/crypto/key-ring.js';
import { RandomSource } from '../core/crypto/random-source.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import { People } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { CARD_SIZE } from '../tokens/grid/geometry.js';
import { gridText, newGrid } from '../tokens/grid/grid.js';
import { TOKEN_SECRET } from '../tokens/token-secrets.js';
import { type NewToken, TokenStore } from '../tokens/token-store.js';

/** Whose the tokens are. */
export const DEMO_DOMAIN = 'RCDEVSDOCS';
const LOGIN = 'Jane Doe';

/** Serial number of her grid card. */
export const DEMO_CARD = '77003456';

/** The key of RFC 6238, appendix B; in base32 `GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ`. Everybody knows it. */
const TOTP_SEED = '12345678901234567890';

/** The authenticators of the demo world: a time-based token whose seed is public, and a grid card drawn at random. */
@Injectable()
export class DemoTokens {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly people: People,
    private readonly store: TokenStore,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  /** Gives Jane Doe what has never been there; what was taken from her or replaced since stays as it is. */
  async seed(): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    const found = await this.people
      .byLogin(this.people.domain(snapshot, DEMO_DOMAIN), LOGIN)
      .catch((error: unknown) => {
        if (DomainError.is(error, 'account-not-found', 'domain-not-found')) return undefined;
        throw error;
      });
    if (!found) return;
    await this.give(found.account.id, 'Token1', {
      serial: '10000000',
      kind: 'TOTP',
      product: 'DN/STE',
      secretSealed: this.keyRing.seal(plainSecret(Buffer.from(TOTP_SEED).toString('base64')), TOKEN_SECRET),
      state: { hash: 'SHA1', digits: 6, period: 30 },
    });
    await this.give(found.account.id, 'GridCard', {
      serial: DEMO_CARD,
      kind: 'GridCard',
      product: 'DN/GC',
      secretSealed: this.keyRing.seal(gridText(newGrid(this.random, CARD_SIZE)), TOKEN_SECRET),
    });
  }

  private give(accountId: string, slot: string, token: NewToken & { readonly serial: string }): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (await this.store.bySerial(tx, token.serial)) return;
      const held = await this.store.ofAccount(tx, accountId);
      if (held.some(({ assignment }) => assignment.slot === slot)) return;
      const { id: tokenId } = await this.store.create(tx, token);
      await this.store.assign(tx, { tokenId, accountId, status: 'ACTIVE', slot });
    });
  }
}
