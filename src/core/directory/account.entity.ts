import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { declareKeyedColumns } from '../crypto/keyed-columns.js';
import type { KeyedDigest } from '../crypto/secret-types.js';

export type AccountState = 'active' | 'deactivated';

/**
 * One person in one domain: what tokens, requests, counters and sessions attach to. Keyed by the directory's own
 * immutable id, so that a person made again under an old name inherits nothing (attack class 19). Everything else about
 * the person is read from the directory.
 */
@Entity('accounts')
@Unique('accounts_domain_directory_key', ['domainId', 'directoryKey'])
export class Account {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  /** entryUUID, objectGUID, or the id of the built-in person. */
  @Column('text', { name: 'directory_key' })
  directoryKey!: string;

  /** The login last seen, for lists and the audit; never used to look somebody up. */
  @Column('text', { name: 'login' })
  login!: string;

  /** Deactivated by an administrator: no request, token or log-on, whatever the directory says. */
  @Column('text', { name: 'state', default: 'active' })
  state!: AccountState;

  /** Raised by each change of password; sessions and links of an older generation are dead (attack class 17). */
  @Column('integer', { name: 'credential_generation', default: 0 })
  credentialGeneration!: number;

  /** Digest of the delivery addresses last seen; a change cancels outstanding links (attack class 12). */
  @Column('text', { name: 'contact_digest', nullable: true })
  contactDigest!: KeyedDigest | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** When the person logged on for the first time, as in {@link lastLogonAt}. */
  @Column('timestamptz', { name: 'first_logon_at', nullable: true })
  firstLogonAt!: Date | null;

  /** When the person logged on last: to an application, every step of it, or to this server. */
  @Column('timestamptz', { name: 'last_logon_at', nullable: true })
  lastLogonAt!: Date | null;
}

declareKeyedColumns('accounts', { contact_digest: { kind: 'digest', purpose: 'contact' } });
