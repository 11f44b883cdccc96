import { randomUUID } from 'node:crypto';
import { KeyRing } from '../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import type { Account } from '../../src/core/directory/account.entity.js';
import { hotp } from '../../src/tokens/oath/hotp.js';
import { timeStep } from '../../src/tokens/oath/match-totp.js';
import { oathKey } from '../../src/tokens/oath/oath-key.js';
import { seedFromText } from '../../src/tokens/oath/seed.js';
import type { TokenAssignment } from '../../src/tokens/token-assignment.entity.js';
import { TOKEN_SECRET } from '../../src/tokens/token-secrets.js';
import { type HeldToken, type NewAssignment, type NewToken, TokenStore } from '../../src/tokens/token-store.js';
import type { Services } from './services.js';

/** The seed of RFC 4226, appendix D, and RFC 6238, appendix B. */
const RFC_SEED = plainSecret(Buffer.from('12345678901234567890').toString('base64'));

const PERIOD = 30;

/** Gives people tokens whose codes a test can compute; a test states only what it is about. */
export class TokenFactory {
  private made = 0;

  constructor(private readonly services: Pick<Services, 'get' | 'database' | 'clock'>) {}

  totp(account: Account, fields: Partial<NewToken> = {}, held: Partial<NewAssignment> = {}): Promise<HeldToken> {
    return this.oath(account, { kind: 'TOTP', state: { hash: 'SHA1', digits: 6, period: PERIOD }, ...fields }, held);
  }

  hotp(account: Account, fields: Partial<NewToken> = {}, held: Partial<NewAssignment> = {}): Promise<HeldToken> {
    return this.oath(account, { kind: 'HOTP', state: { hash: 'SHA1', digits: 6 }, ...fields }, held);
  }

  /** What a token with the seed of the RFCs shows now, or some steps later. */
  code(steps = 0): string {
    return this.codeAt(timeStep(this.services.clock.now(), PERIOD) + steps);
  }

  /** What a token with the seed of the RFCs shows at a counter or time step. */
  codeAt(counter: number): string {
    return hotp(oathKey(seedFromText(RFC_SEED), 'SHA1'), counter, 6);
  }

  /** The assignment as it is stored now. */
  async stored({ assignment }: HeldToken): Promise<HeldToken> {
    const all = await this.services.get(TokenStore).ofAccount(this.services.database.manager, assignment.accountId);
    const held = all.find((candidate) => candidate.assignment.id === assignment.id);
    if (!held) throw new Error('the token is not held any more');
    return held;
  }

  private oath(
    account: Account,
    fields: Partial<NewToken> & Pick<NewToken, 'kind'>,
    held: Partial<NewAssignment>,
  ): Promise<HeldToken> {
    const secretSealed = this.services.get(KeyRing).seal(RFC_SEED, TOKEN_SECRET);
    return this.give(account, { secretSealed, ...fields }, held);
  }

  /** A token of any kind, proved and in a slot. */
  async give(
    account: Account,
    fields: Partial<NewToken> & Pick<NewToken, 'kind'>,
    held: Partial<NewAssignment> = {},
  ): Promise<HeldToken> {
    const store = this.services.get(TokenStore);
    const number = ++this.made;
    return this.services.database.transaction(async (tx) => {
      const token = await store.create(tx, {
        id: randomUUID(),
        serial: `T-${randomUUID()}`,
        product: 'LK/TEST',
        ...fields,
      });
      const assignment: TokenAssignment = await store.assign(tx, {
        tokenId: token.id,
        accountId: account.id,
        status: 'ACTIVE',
        slot: `Token${number}`,
        ...held,
      });
      return { token, assignment };
    });
  }
}
