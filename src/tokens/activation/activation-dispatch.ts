import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { type FoundPerson, isUsable, People } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { policySubject } from '../../core/policies/policy-subject.js';
import { RecurringJob } from '../../core/schedule/recurring-job.js';
import { TokenStore } from '../token-store.js';
import { ActivationCodes, type UnsentCode } from './activation-codes.js';
import { activationCodeRules } from './activation-rules.js';
import { ActivationSender } from './activation-sender.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 5_000;
/** Codes that one run sends at most. */
const BATCH = 50;

/**
 * Sends the codes of tokens that were assigned: whoever assigns them, a server or a command, writes down that a code is to
 * be sent in the same transaction, and no more.
 */
@Injectable()
export class ActivationDispatch {
  private readonly logger = new Logger('Activation codes');
  private readonly job = new RecurringJob('sending of activation codes', () => this.run());

  constructor(
    private readonly codes: ActivationCodes,
    private readonly sender: ActivationSender,
    private readonly store: TokenStore,
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  @Interval('activation-dispatch', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** Sends what is to be sent. Returns how many codes were; one whose person cannot be looked up waits for the next run. */
  async run(): Promise<number> {
    let sent = 0;
    for (const unsent of await this.codes.unsent(BATCH)) {
      try {
        if (await this.dispatch(unsent)) sent += 1;
      } catch (error) {
        if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
        this.logger.warn(error.message);
      }
    }
    return sent;
  }

  private async dispatch({ id, assignmentId, accountId, purpose }: UnsentCode): Promise<boolean> {
    const found = await this.person(accountId);
    const snapshot = await this.configuration.snapshot();
    const rules = found && activationCodeRules(snapshot, await policySubject(snapshot, found));
    return this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, accountId);
      if (!(await this.codes.claim(tx, id))) return false;
      const held = (await this.store.assignedTo(tx, accountId)).find((one) => one.assignment.id === assignmentId);
      if (!found || !rules || !isUsable(found) || held?.assignment.status !== 'INACTIVE') return false;
      const context = { actor: 'system', domain: found.domain.name, target: found.person.dn };
      return this.sender.enqueueOrRecord(tx, { found, held, purpose, rules, snapshot, context });
    });
  }

  private async person(accountId: string): Promise<FoundPerson | undefined> {
    const account = await this.accounts.byId(this.database.manager, accountId);
    const domain = account && (await this.configuration.snapshot()).domainById(account.domainId);
    return account && domain && this.people.byAccount(domain, account);
  }
}
