import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ROLES = ['global-admin', 'domain-admin', 'user-manager'] as const;

/**
 * What an administrator may do: `global-admin` everything in every domain, `domain-admin` everything in the own domain,
 * `user-manager` helps the people of the own domain who are not administrators themselves.
 */
export type Role = (typeof ROLES)[number];

/** A person of a domain who holds a role. The password is the directory's business. */
@Entity('administrators')
export class Administrator {
  @PrimaryColumn('uuid', { name: 'domain_id' })
  domainId!: string;

  /** Login folded for comparison; the person's main login in the directory; see `foldName`. */
  @PrimaryColumn('text', { name: 'login_key' })
  loginKey!: string;

  @Column('text', { name: 'login' })
  login!: string;

  @Column('text', { name: 'role' })
  role!: Role;

  /**
   * The account that first used the role. A person deleted and made again under the same name is somebody else and
   * does not inherit it (attack class 19).
   */
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId!: string | null;

  /** SHA-256 fingerprints (64 hex digits) of this administrator's client certificates, for `manager_auth: PKI`. */
  @Column('jsonb', { name: 'certificates', default: [] })
  certificates!: string[];
}
