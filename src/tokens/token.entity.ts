import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../core/crypto/keyed-columns.js';
import type { KeyedDigest, Sealed } from '../core/crypto/secret-types.js';
import type { TokenKindName } from './token-kinds.js';
import type { TokenStatus } from './token-states.js';
import { TOKEN_SECRET } from './token-secrets.js';

/** Something that a person proves themself with (authentication methods, section 5). Whose it is stands in the assignment. */
@Entity('tokens')
@Index('tokens_product', ['product'])
export class Token {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  /** Printed on the device, or made up by us; one in the whole server. */
  @Column('text', { name: 'serial', unique: true })
  serial!: string;

  @Column('text', { name: 'kind' })
  kind!: TokenKindName;

  /** `manufacturerCode/productCode` of its product, built in or declared. */
  @Column('text', { name: 'product' })
  product!: string;

  @Column('text', { name: 'status', default: 'ACTIVE' })
  status!: TokenStatus;

  @Column('text', { name: 'description', nullable: true })
  description!: string | null;

  /** Seed or private key, sealed for the purpose `token-secret`. Never readable through any surface. */
  @Column('text', { name: 'secret_sealed', nullable: true })
  secretSealed!: Sealed | null;

  /** Digest of a secret that need only be recognised: PIN code, application password. */
  @Column('text', { name: 'secret_digest', nullable: true })
  secretDigest!: KeyedDigest | null;

  /** What the kind needs besides and may be shown to an administrator: digits, period, suite, public key. No secret. */
  @Column('jsonb', { name: 'state', default: {} })
  state!: Record<string, unknown>;

  /** Last accepted moving factor (RFC 4226 counter, RFC 6238 time step) or signature counter. Only ever grows. */
  @Column('bigint', { name: 'counter', nullable: true })
  counter!: string | null;

  /** Clock drift of a time-based token, in whole steps; positive when its clock is ahead. */
  @Column('integer', { name: 'drift', default: 0 })
  drift!: number;

  /** Moving factor that matched outside the accepted window; its successor brings the token back (section 6.2). */
  @Column('bigint', { name: 'candidate_counter', nullable: true })
  candidateCounter!: string | null;

  @Column('timestamptz', { name: 'candidate_at', nullable: true })
  candidateAt!: Date | null;

  /** Digests of the passcodes accepted last, newest first; refused even where a later step happens to have the same. */
  @Column('text', { name: 'passcode_history', array: true, default: [] })
  passcodeHistory!: KeyedDigest[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  /** When it was put on a device; it is put on no other until an administrator releases it. */
  @Column('timestamptz', { name: 'confined_at', nullable: true })
  confinedAt!: Date | null;
}

declareKeyedColumns('tokens', {
  secret_sealed: { kind: 'sealed', purpose: TOKEN_SECRET },
  secret_digest: { kind: 'digest', purpose: 'pin-code <token>, app-key <account>' },
  passcode_history: { kind: 'digest', shape: 'text[]', purpose: 'passcode-history <token>' },
});
