import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { type KeyedDigest, plainSecret } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { inForce } from '../../core/policies/policy.js';
import { CHALLENGE_CODE } from '../../core/policies/categories/authenticators.js';
import { Challenges } from '../../tokens/challenges/challenges.js';
import { isOcraChallenge, ocraQuestion } from '../../tokens/oath/ocra.js';
import { storedOcraSuite } from '../../tokens/oath/ocra-suite.js';
import type { TokenChallenge } from '../../tokens/token-challenge.entity.js';
import { tokenCodePurpose } from '../../tokens/token-secrets.js';
import { Policies } from '../policies/policies.js';
import { boundToAgent, type CredentialOrder } from './credential-check.js';
import { TokenChoice } from './token-choice.js';

/** What an agent may make up: digits or letters, e.g. derived from an account and an amount (RFC 6287 section 5.1). */
const MADE_UP = /^[0-9A-Za-z]{4,64}$/;

const ATTEMPTS = 3;
const SECONDS = 300;

/**
 * Challenges that agents make up for transactions to be signed (authentication methods, section 6.5), where the policy
 * allows it. Each is right once in the life of its token.
 */
@Injectable()
export class ClientChallenges {
  constructor(
    private readonly policies: Policies,
    private readonly tokens: TokenChoice,
    private readonly challenges: Challenges,
    private readonly keyRing: KeyRing,
    private readonly database: Database,
  ) {}

  /**
   * Puts the challenge that a credential names, as if it had been asked for.
   *
   * @returns undefined where the policy does not allow it, for one that the token cannot be asked, and for one that was
   *   answered before, however it was written
   * @throws AuthRefusal 250 to 257
   */
  async put(order: CredentialOrder): Promise<TokenChallenge | undefined> {
    const { snapshot, found, application, credential, token: reference, agent, rules } = order;
    const { cc = '' } = credential;
    const policy = await this.policies.inForce(snapshot, 'challengeCode', { found, application });
    if (!inForce(policy, CHALLENGE_CODE.allowClientChallenge) || !MADE_UP.test(cc)) return undefined;
    const { id: tokenId } = await this.tokens.pick({ accountId: found.account.id, kinds: ['OCRA'], reference });
    return this.database.transaction(async (tx) => {
      const question = await this.question(tx, tokenId, cc);
      if (question === undefined || !(await this.remember(tx, tokenId, cc, question))) return undefined;
      return this.challenges.create(tx, {
        purpose: 'ocra',
        scope: 'token',
        accountId: found.account.id,
        tokenId,
        boundTo: boundToAgent(agent),
        code: cc,
        payload: { madeUp: question },
        seconds: rules.challengeSeconds ?? SECONDS,
        attemptLimit: ATTEMPTS,
      });
    });
  }

  /** What has to be used up together with a challenge that was made up; undefined for every other one. */
  useOf({ payload, tokenId }: TokenChallenge): readonly KeyedDigest[] | undefined {
    const { madeUp } = payload;
    if (typeof madeUp !== 'string' || tokenId === null) return undefined;
    return this.keyRing.digests(plainSecret(madeUp), tokenCodePurpose(tokenId));
  }

  /** What a token is asked by a text, see {@link ocraQuestion}; undefined for what it cannot be asked. Locks the token. */
  private async question(tx: Tx, tokenId: string, cc: string): Promise<string | undefined> {
    const [token] = await rows<{ state: Record<string, unknown> }>(
      tx,
      'SELECT state FROM tokens WHERE id = $1 FOR UPDATE',
      [tokenId],
    );
    const suite = token && storedOcraSuite(token.state);
    return suite && isOcraChallenge(suite, cc) ? ocraQuestion(suite, cc) : undefined;
  }

  /**
   * Remembers a challenge for as long as the token lives, once it is answered; one that was not is forgotten with the next,
   * which takes its place, so that nobody fills the table with them.
   *
   * @returns whether it was not answered yet
   */
  private async remember(tx: Tx, tokenId: string, code: string, question: string): Promise<boolean> {
    const [current, ...older] = this.keyRing.digests(plainSecret(question), tokenCodePurpose(tokenId));
    await rows(tx, 'DELETE FROM token_codes WHERE token_id = $1 AND used_at IS NULL AND digest <> ALL($2)', [
      tokenId,
      [current, ...older],
    ]);
    const [known] = await rows<{ used: boolean }>(
      tx,
      'SELECT used_at IS NOT NULL AS used FROM token_codes WHERE token_id = $1 AND digest = ANY($2)',
      [tokenId, [current, ...older]],
    );
    if (known) return !known.used;
    await rows(tx, 'INSERT INTO token_codes (token_id, position, label, digest) VALUES ($1, 0, $2, $3)', [
      tokenId,
      code,
      current,
    ]);
    return true;
  }
}
