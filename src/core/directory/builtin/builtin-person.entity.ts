import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { PasswordHash } from '../../crypto/secret-types.js';

/** A person of a domain whose directory is our own tables. */
@Entity('builtin_people')
@Unique('builtin_people_domain_login', ['domainId', 'loginKey'])
// By (domain_id, lower(mail)), which is an expression and so beyond the comparison with the migrations.
@Index('builtin_people_mail', { synchronize: false })
export class BuiltinPerson {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  @Column('text', { name: 'login' })
  login!: string;

  /** Login folded for comparison; see `foldName`. */
  @Column('text', { name: 'login_key' })
  loginKey!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text', { name: 'first_name', nullable: true })
  firstName!: string | null;

  @Column('text', { name: 'last_name', nullable: true })
  lastName!: string | null;

  @Column('text', { name: 'mail', nullable: true })
  mail!: string | null;

  @Column('text', { name: 'mobile', nullable: true })
  mobile!: string | null;

  /** BCP 47 tag of the language for messages. */
  @Column('text', { name: 'language', nullable: true })
  language!: string | null;

  /** Absent for a person who never had a password: no password verifies (attack class 47). */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: PasswordHash | null;

  @Column('timestamptz', { name: 'password_changed_at', nullable: true })
  passwordChangedAt!: Date | null;

  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword!: boolean;

  @Column('boolean', { name: 'disabled', default: false })
  disabled!: boolean;

  /** Failed password checks since the last success. */
  @Column('integer', { name: 'failed_logins', default: 0 })
  failedLogins!: number;

  @Column('timestamptz', { name: 'locked_at', nullable: true })
  lockedAt!: Date | null;

  /** Further attributes (roles, tags, comment) as the surfaces name them. */
  @Column('jsonb', { name: 'attributes', default: {} })
  attributes!: Record<string, unknown>;

  /** Attributes of inetOrgPerson that have no column of their own, by name, each with its values. */
  @Column('jsonb', { name: 'ldap_attributes', default: {} })
  ldapAttributes!: Record<string, readonly string[]>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
