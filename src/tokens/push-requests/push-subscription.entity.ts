import { Column, Entity, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { Sealed } from '../../core/crypto/secret-types.js';

/** Where a device can be woken (RFC 8030). Whoever knows the address may wake it, so it is sealed. */
@Entity('push_subscriptions')
export class PushSubscription {
  /** The device. */
  @PrimaryColumn('uuid', { name: 'token_id' })
  tokenId!: string;

  @Column('text', { name: 'subscription_sealed' })
  subscriptionSealed!: Sealed;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** The sealed address belongs to one device, and is no other's. */
export function subscriptionPurpose(tokenId: string): string {
  return `push-subscription ${tokenId}`;
}

declareKeyedColumns('push_subscriptions', {
  subscription_sealed: { kind: 'sealed', purpose: (row) => subscriptionPurpose(String(row['token_id'])) },
});
