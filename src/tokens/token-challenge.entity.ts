import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../core/crypto/secret-types.js';
import type { ChallengePurpose } from './challenges/challenge-purpose.js';

/**
 * A question put to a person's token, answered once before its time is over: the digits of RFC 6287, cells of a grid
 * card, a grid on screen, the challenge of a WebAuthn ceremony, a passcode on its way by SMS or mail, a push.
 */
@Entity('token_challenges')
@Index('token_challenges_account', ['accountId', 'purpose', 'starts'])
@Index('token_challenges_token_code', ['tokenId', 'code'])
@Index('token_challenges_expires', ['expires'])
@Index('token_challenges_scope', ['purpose', 'scope'], { unique: true, where: 'consumed_at IS NULL' })
export class TokenChallenge {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  /** Public number, from a sequence: `#i#_ChallengeCode_<number>` (authentication methods, section 4.17). */
  @Column('bigint', { name: 'number', unique: true })
  @Generated('increment')
  number!: string;

  @Column('text', { name: 'purpose' })
  purpose!: ChallengePurpose;

  /** The account, the token or the holder of which only one challenge of this purpose is open; see `ChallengeScope`. */
  @Column('text', { name: 'scope' })
  scope!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** The token that is asked; absent where any of the person's may answer. */
  @Column('uuid', { name: 'token_id', nullable: true })
  tokenId!: string | null;

  /** Whom it was given to: a one-time request, a logon session, an agent. Nobody else may answer it. */
  @Column('text', { name: 'bound_to' })
  boundTo!: string;

  /** The challenge as it was shown; absent where what was sent is itself the secret. */
  @Column('text', { name: 'code', nullable: true })
  code!: string | null;

  /** Digest of the answer, where we know it beforehand (a passcode sent to the person). */
  @Column('text', { name: 'answer_digest', nullable: true })
  answerDigest!: KeyedDigest | null;

  /** What the kind needs to judge the answer, and where a passcode was sent. No secret. */
  @Column('jsonb', { name: 'payload', default: {} })
  payload!: Record<string, unknown>;

  @Column('timestamptz', { name: 'starts' })
  starts!: Date;

  @Column('timestamptz', { name: 'expires' })
  expires!: Date;

  /** Attempts at the answer, counted before it is looked at. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  @Column('integer', { name: 'attempt_limit' })
  attemptLimit!: number;

  /** Answered, superseded or withdrawn; never to be used again. */
  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt!: Date | null;
}

declareKeyedColumns('token_challenges', { answer_digest: { kind: 'digest', purpose: 'challenge-answer <challenge>' } });
