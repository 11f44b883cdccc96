import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import type { AuthenticatorCode } from '../applications/application.js';

/**
 * A logon of one person to one application by way of one agent (authentication methods, section 1.4). There is one from
 * the first step that was passed on. What is owed is never read from here: it is computed from the procedure, the policy
 * and the person's credentials at every call.
 */
@Entity('logon_sessions')
@Unique('logon_sessions_secret', ['secretDigest'])
@Index('logon_sessions_expires', ['expiresAt'])
@Index('logon_sessions_account', ['accountId'])
export class LogonSession {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  /** Of the cookie, which is another one once the logon is complete. */
  @Column('text', { name: 'secret_digest' })
  secretDigest!: KeyedDigest;

  /** Name of the agent that opened it; for any other one there is no such session. */
  @Column('text', { name: 'agent' })
  agent!: string;

  /** Stable id of the application on the wire; absent after `resetLogon`, as are the two below. */
  @Column('text', { name: 'application_id', nullable: true })
  applicationId!: string | null;

  @Column('uuid', { name: 'account_id', nullable: true })
  accountId!: string | null;

  /** The account's when it was opened: a change of password ends the session (attack class 17). */
  @Column('integer', { name: 'credential_generation', nullable: true })
  credentialGeneration!: number | null;

  /** Ids of the steps that were passed, in their order. */
  @Column('text', { name: 'passed_steps', array: true })
  passedSteps!: string[];

  /** What was shown in each of them. */
  @Column('text', { name: 'shown', array: true })
  shown!: AuthenticatorCode[];

  /** Credentials presented since the last step that was passed, counted before they are looked at. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  /** When the last step was passed; absent while steps are left. */
  @Column('timestamptz', { name: 'completed_at', nullable: true })
  completedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Ends it when nothing happens until then. */
  @Column('timestamptz', { name: 'idle_until' })
  idleUntil!: Date;

  /** Ends it whatever happens. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

declareKeyedColumns('logon_sessions', { secret_digest: { kind: 'digest', purpose: 'logon-session' } });
