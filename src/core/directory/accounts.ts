import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../crypto/equal-secrets.js';
import { KeyRing } from '../crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../crypto/secret-types.js';
import { CombinedRows } from '../database/combined-rows.js';
import { Database, rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { Clock } from '../time/clock.js';
import type { Domain } from '../domains/domain.entity.js';
import { Account } from './account.entity.js';
import { AccountLookup } from './account-lookup.js';
import { ACCOUNT_COLUMNS, accountOf, type AccountRow } from './account-row.js';
import { takeAccount } from './accounts-read.js';
import type { Person } from './directory.js';

/** An account as found for a person, and whether the person's delivery addresses are others than last time. */
export interface AttachedAccount {
  readonly account: Account;
  readonly contactChanged: boolean;
}

/** What the digest of a person's delivery addresses is for. */
const CONTACT = 'contact';

/** Accounts: our row for each person whom a directory has shown us. */
@Injectable()
export class Accounts {
  private readonly lookup: AccountLookup;
  private readonly byIds: CombinedRows<{ readonly id: string }, AccountRow, Account | undefined>;

  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {
    this.lookup = new AccountLookup(database);
    this.byIds = new CombinedRows<{ readonly id: string }, AccountRow, Account | undefined>(database, {
      columns: [['id', 'uuid', ({ id }) => id]],
      sql: (from) => `SELECT asked.place, ${ACCOUNT_COLUMNS} FROM ${from} JOIN accounts a ON a.id = asked.id`,
      outcome: ([row]) => row && accountOf(row),
    });
  }

  /** The account of `person`, made at the first sight of them. */
  async attach(domain: Domain, person: Person): Promise<AttachedAccount> {
    const account = takeAccount(person) ?? (await this.find(domain, person)) ?? (await this.create(domain, person));
    // Under each key of the ring, so that a rotated key is not taken for a changed address.
    const known = this.keyRing.digests(contactOf(person), CONTACT);
    const held = known.find((digest) => equalSecrets(digest, account.contactDigest));
    if (held !== undefined && held !== known[0]) await this.renew(account, person);
    return { account, contactChanged: held === undefined };
  }

  /** The account as it is now, outside of any transaction; those of concurrent requests in one statement. */
  now(id: string): Promise<Account | undefined> {
    return this.byIds.run({ id });
  }

  async byId(tx: Tx, id: string): Promise<Account | undefined> {
    const [row] = await rows<Record<string, unknown>>(tx, 'SELECT * FROM accounts WHERE id = $1', [id]);
    return row && hydrate(tx, Account, row);
  }

  /**
   * Locks the account's row until the transaction ends: requests of one person are made, superseded and completed one
   * after the other.
   */
  async lock(tx: Tx, id: string): Promise<Account> {
    const [row] = await rows<Record<string, unknown>>(tx, 'SELECT * FROM accounts WHERE id = $1 FOR UPDATE', [id]);
    if (!row) throw new Error('an account that was found a moment ago is gone');
    return hydrate(tx, Account, row);
  }

  /** Keeps the delivery addresses and the login as they are now. */
  async remember(tx: Tx, account: Account, person: Person): Promise<void> {
    const contactDigest = this.keyRing.digest(contactOf(person), CONTACT);
    await tx.update(Account, { id: account.id }, { contactDigest, login: person.login });
  }

  /** Ends every session and link that an older password stands behind (attack class 17). */
  async raiseCredentialGeneration(tx: Tx, id: string): Promise<void> {
    await tx.increment(Account, { id }, 'credentialGeneration', 1);
  }

  /** Digests anew what lies under an older key, so that the key can leave the ring one day without ending links. */
  private async renew(account: Account, person: Person): Promise<void> {
    const contactDigest = this.keyRing.digest(contactOf(person), CONTACT);
    await this.database.query('UPDATE accounts SET contact_digest = $1 WHERE id = $2 AND contact_digest = $3', [
      contactDigest,
      account.id,
      account.contactDigest,
    ]);
    account.contactDigest = contactDigest;
  }

  private find(domain: Domain, person: Person): Promise<Account | undefined> {
    return this.lookup.find(domain.id, person.key);
  }

  private async create(domain: Domain, person: Person): Promise<Account> {
    await this.database.query(
      `INSERT INTO accounts (id, domain_id, directory_key, login, contact_digest, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (domain_id, directory_key) DO NOTHING`,
      [
        randomUUID(),
        domain.id,
        person.key,
        person.login,
        this.keyRing.digest(contactOf(person), CONTACT),
        this.clock.now(),
      ],
    );
    const account = await this.find(domain, person);
    if (!account) throw new Error('an account that was made a moment ago is gone');
    return account;
  }
}

function contactOf(person: Person): PlainSecret {
  return plainSecret(`${person.mail ?? ''}\0${person.mobile ?? ''}`);
}
