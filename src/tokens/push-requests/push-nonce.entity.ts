import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A nonce that a device has signed; kept for as long as it could be sent again. */
@Entity('push_nonces')
@Index('push_nonces_expires', ['expiresAt'])
export class PushNonce {
  @PrimaryColumn('text', { name: 'nonce' })
  nonce!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
