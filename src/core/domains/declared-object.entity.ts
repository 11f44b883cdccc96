import { Column, Entity, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../crypto/keyed-columns.js';
import type { Sealed } from '../crypto/secret-types.js';

/** Kinds of things that the configuration file declares and that have no table of their own. */
export const DECLARED_KINDS = [
  'mail-profile',
  'mail-account',
  'sms-gateway',
  'directory',
  'certificate-authority',
  'web-push',
  'consumer',
  'realm',
  'application',
  'agent',
  'product',
  'policy',
] as const;

export type DeclaredKind = (typeof DECLARED_KINDS)[number];

/** One declared thing, as the file wrote it; secrets are taken out of `spec` and sealed. */
@Entity('declared_objects')
export class DeclaredObject {
  @PrimaryColumn('text', { name: 'kind' })
  kind!: DeclaredKind;

  @PrimaryColumn('text', { name: 'name' })
  name!: string;

  /** Order in the file; the first usable one wins where a choice is open. */
  @Column('integer', { name: 'position' })
  position!: number;

  @Column('jsonb', { name: 'spec' })
  spec!: Record<string, unknown>;

  /** Secrets by their path in `spec`, sealed for the purpose `declared-object`. */
  @Column('jsonb', { name: 'secrets', default: {} })
  secrets!: Record<string, Sealed>;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

/** What the secrets of declared things are sealed for. */
export const DECLARED_SECRET = 'declared-object';

declareKeyedColumns('declared_objects', { secrets: { kind: 'sealed', shape: 'jsonb', purpose: DECLARED_SECRET } });
