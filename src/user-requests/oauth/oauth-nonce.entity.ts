import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A nonce that was used by a call whose signature was right. */
@Entity('oauth_nonces')
export class OAuthNonce {
  /** SHA-256 of consumer, token and decoded nonce; each takes the same room, however long the nonce is. */
  @PrimaryColumn('text', { name: 'key' })
  key!: string;

  /** When the call could not be repeated any more, because its timestamp would be refused. */
  @Index('oauth_nonces_forget_at')
  @Column('timestamptz', { name: 'forget_at' })
  forgetAt!: Date;
}
