import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../crypto/keyed-columns.js';
import type { Sealed } from '../crypto/secret-types.js';

/** Work that goes on after its call was answered. */
@Entity('orders')
@Index('orders_due', ['dueAt'])
export class Order {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  /** Who carries it out, e.g. `account-recovery`. */
  @Column('text', { name: 'kind' })
  kind!: string;

  /** What was asked, sealed, because it names people. */
  @Column('text', { name: 'content' })
  content!: Sealed;

  /** Attempts begun. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** When the next attempt may begin; moved on by each, so that one whose process died is made again. */
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
}

/** What the content is sealed for. The name is from when the table was the IAM surface's; orders of then still open. */
export const ORDER_CONTENT = 'iam-order';

declareKeyedColumns('orders', { content: { kind: 'sealed', purpose: ORDER_CONTENT } });
