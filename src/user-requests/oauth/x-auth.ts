import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { foldName } from '../../core/domains/fold-name.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PasswordLogIn } from '../../sessions/log-in/password-log-in.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { type ConsumerCall, ConsumerCalls } from './consumer-calls.js';
import type { IssuedToken } from './issued-token.js';
import { TokenIssue } from './token-issue.js';

const USERNAME = 'x_auth_username';
const PASSWORD = 'x_auth_password';
const MODE = 'x_auth_mode';
const CLIENT_AUTH = 'client_auth';

/** Exchanges login and password for an access token, where the consumer may (user-requests section 2, xAuth). */
@Injectable()
export class XAuth {
  constructor(
    private readonly calls: ConsumerCalls,
    private readonly logIn: PasswordLogIn,
    private readonly administrators: Administrators,
    private readonly issue: TokenIssue,
  ) {}

  /** Whether a call asks for it. */
  isAskedFor({ fields }: ConsumerCall): boolean {
    return [USERNAME, PASSWORD, MODE].some((name) => fields.all(name).length > 0);
  }

  /**
   * The access token for whoever's password is shown. The attempt is counted before the password is looked at.
   *
   * @throws OAuthProblem `x_auth_disabled`, `missing_username`, `missing_password`, `domain_restricted`,
   *   `permission_denied`, `user_not_active`, and as `ConsumerCalls.prove`
   * @throws DomainError `too-many-attempts`, `directory-unavailable`
   */
  async exchange(call: ConsumerCall): Promise<IssuedToken> {
    await this.calls.prove(call, undefined);
    if (!call.consumer.xauth) throw new OAuthProblem('x_auth_disabled');
    const mode = only(call.fields, MODE);
    if (mode !== undefined && mode !== CLIENT_AUTH) throw OAuthProblem.rejected(MODE);
    const username = only(call.fields, USERNAME) ?? '';
    const password = only(call.fields, PASSWORD) ?? '';
    if (username === '') throw new OAuthProblem('missing_username');
    if (password === '') throw new OAuthProblem('missing_password');
    const found = await this.prove(call, loginOf(username, call.consumer.domain.name), password);
    await this.administrators.bind(found);
    const { consumer, client } = call;
    const issued = await this.issue.issue({
      consumer,
      holder: found.account,
      origin: 'xauth',
      actor: 'person',
      client,
    });
    if (!issued) throw new OAuthProblem('permission_denied');
    return issued;
  }

  private async prove({ consumer, client }: ConsumerCall, login: string, password: string): Promise<FoundPerson> {
    try {
      return await this.logIn.prove(
        { domain: consumer.domain.name, login, password: plainSecret(password) },
        { event: 'oauth-xauth', client },
      );
    } catch (error) {
      if (!DomainError.is(error) || error.category !== 'credentials') throw error;
      // Said only to whom the password was right.
      throw new OAuthProblem(error.detail === 'account-not-activated' ? 'user_not_active' : 'permission_denied');
    }
  }
}

/** `DOMAIN\login` is taken too; a consumer works for one domain. */
function loginOf(username: string, domain: string): string {
  const at = username.indexOf('\\');
  if (at < 0) return username;
  if (foldName(username.slice(0, at)) !== foldName(domain)) throw new OAuthProblem('domain_restricted');
  return username.slice(at + 1);
}

function only(fields: FormParameters, name: string): string | undefined {
  const values = fields.all(name);
  if (values.length > 1) throw OAuthProblem.rejected(name);
  return values[0];
}
