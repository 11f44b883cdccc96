import { Injectable } from '@nestjs/common';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { passwordHolder } from '../../core/directory/password-holder.js';
import { Configuration } from '../../core/domains/configuration.js';
import { attemptAllowances } from '../../core/throttle/attempt-settings.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import { PasswordChange } from '../../passwords/password-change.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import type { PasswordTask } from '../../passwords/password-task.js';
import { PasswordTurns } from '../../passwords/password-turns.js';
import { Sessions } from '../../sessions/sessions.js';
import { refusalOf } from '../../surfaces/iam-rest/rest-exit.js';
import { requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { isPasswordRefusal, policyRefusal } from '../links/password-form.js';
import { BanFilter } from '../sessions/ban-filter.js';
import type { IamCaller } from '../sessions/iam-caller.js';

const CURRENT = 'current_pwd';
const NEW = 'new_pwd';

/** People who are logged in and change their own password (iam-rest section 4.1). */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly configuration: Configuration,
    private readonly bans: BanFilter,
    private readonly requirements: PasswordRequirements,
    private readonly change: PasswordChange,
    private readonly sessions: Sessions,
    private readonly turns: PasswordTurns,
  ) {}

  /**
   * Presence, then the current password, then the policy, then the change; the person's other sessions end with it.
   *
   * @throws RestRefusal in this order; 403/1403 after too many wrong ones
   * @throws DomainError `too-many-attempts` while another change of theirs is under way
   */
  async set(caller: IamCaller, body: JsonObject): Promise<void> {
    requirePresent(body, CURRENT, NEW);
    const current = plainSecret(textOf(body, CURRENT));
    const password = plainSecret(textOf(body, NEW));
    await this.turns.take(caller.found, () => this.inTurn(caller, current, password));
  }

  private async inTurn(caller: IamCaller, current: PlainSecret, password: PlainSecret): Promise<void> {
    if (!(await this.isCurrent(caller, current))) throw RestRefusal.field(CURRENT, `${CURRENT} is wrong`);
    const task = taskOf(caller);
    const problems = await this.requirements.problems(caller.found, password);
    const [first] = problems;
    if (first) {
      await this.change.recordRefusal(task, first.code);
      throw policyRefusal(problems, NEW) ?? RestRefusal.field(NEW, `${NEW} is refused`);
    }
    try {
      await this.change.carryOut(task, password, {
        complete: (tx) => this.sessions.carryOver(tx, caller.session, caller.found.directory),
      });
    } catch (error) {
      throw isPasswordRefusal(error) ? refusalOf(error, NEW) : error;
    }
  }

  private async isCurrent({ found, client }: IamCaller, password: PlainSecret): Promise<boolean> {
    const { domain, directory, person } = found;
    const attempt = {
      person: passwordHolder(domain, person),
      name: person.login,
      allowances: attemptAllowances(await this.configuration.snapshot(), domain.id),
      clientAddress: client.address,
    };
    return this.bans.run(attempt, async ({ examine, familiar }) => {
      const check = await directory.verifyPassword(examine ? person : undefined, password, { familiar });
      // One that must be changed is the current one all the same.
      const right = check.ok || check.code === 'password-must-change' || check.code === 'password-expired';
      return { right: examine && right, value: examine && right };
    });
  }
}

function taskOf({ found, client }: IamCaller): PasswordTask {
  return { found, event: 'own-password', actor: 'person', client };
}
