import { Injectable } from '@nestjs/common';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { passwordHolder } from '../../core/directory/password-holder.js';
import { Configuration } from '../../core/domains/configuration.js';
import { attemptAllowances } from '../../core/throttle/attempt-settings.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import { PasswordReplacement } from '../../passwords/password-replacement.js';
import { Sessions } from '../../sessions/sessions.js';
import { requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { policyRefusal } from '../links/password-form.js';
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
    private readonly replacement: PasswordReplacement,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Presence, then the current password, then the policy, then the change; the person's other sessions end with it.
   *
   * @throws RestRefusal in this order; 403/1403 after too many wrong ones
   * @throws DomainError as {@link PasswordReplacement.replace}
   */
  async set(caller: IamCaller, body: JsonObject): Promise<void> {
    requirePresent(body, CURRENT, NEW);
    const current = plainSecret(textOf(body, CURRENT));
    const { found, client, session } = caller;
    const problems = await this.replacement.replace(
      { found, client, wanted: plainSecret(textOf(body, NEW)) },
      {
        prove: () => this.requireCurrent(caller, current),
        complete: (tx) => this.sessions.carryOver(tx, session, found.directory),
      },
    );
    const refusal = policyRefusal(problems, NEW);
    if (refusal) throw refusal;
  }

  private async requireCurrent({ found, client }: IamCaller, password: PlainSecret): Promise<void> {
    const { domain, directory, person } = found;
    const attempt = {
      person: passwordHolder(domain, person),
      name: person.login,
      allowances: attemptAllowances(await this.configuration.snapshot(), domain.id),
      clientAddress: client.address,
    };
    const right = await this.bans.run(attempt, async ({ examine, familiar }) => {
      const check = await directory.verifyPassword(examine ? person : undefined, password, { familiar });
      // One that must be changed is the current one all the same.
      const right = check.ok || check.code === 'password-must-change' || check.code === 'password-expired';
      return { right: examine && right, value: examine && right };
    });
    if (!right) throw RestRefusal.field(CURRENT, `${CURRENT} is wrong`);
  }
}
