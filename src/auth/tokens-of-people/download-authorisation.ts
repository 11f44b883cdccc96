import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import { ActivationProof } from '../../tokens/activation/activation-proof.js';
import { contextOf } from '../credentials/credential-order.js';
import { codeRefusal } from './activation.js';
import { ActivationCodeSending } from './activation-code-sending.js';
import { CodeAttempts } from './code-attempts.js';
import type { DownloadRules } from './download-policy.js';
import { type DownloadDevice, TokenConfinement } from './token-confinement.js';
import type { TokenTarget } from './token-target.js';

/** What goes where, and what is shown for it. */
interface Claim {
  readonly acHash: PlainSecret | undefined;
  readonly device: DownloadDevice;
  readonly key: boolean;
}

/** The authorisation code of a download, where one is asked for, and the download itself. */
@Injectable()
export class DownloadAuthorisation {
  constructor(
    private readonly sending: ActivationCodeSending,
    private readonly attempts: CodeAttempts,
    private readonly proof: ActivationProof,
    private readonly confinement: TokenConfinement,
    private readonly database: Database,
  ) {}

  /**
   * Confines the token, together with the use of the code.
   *
   * @throws AuthRefusal 101 for a code that is asked for, after it was sent where the server sends it; 350, 351, 353
   * @throws DomainError as `ActivationSender.send`; `authenticator-locked`
   */
  async run(
    caller: AuthCaller,
    target: TokenTarget,
    { authorisation }: DownloadRules,
    { acHash, device, key }: Claim,
  ): Promise<void> {
    const context = contextOf(caller, { found: target.found });
    if (authorisation === 'NONE') {
      await this.database.transaction((tx) => this.confinement.confine(tx, target, context, { device, key }));
      return;
    }
    if (acHash === undefined) {
      if (authorisation === 'CODE_SENT') await this.send(caller, target);
      throw missing('acHash');
    }
    const attempt = await this.attempts.of(caller, target, 'authorisation');
    const verdict = await this.proof.judge(attempt, acHash);
    if (!verdict.ok) throw codeRefusal(verdict.code);
    const first = await this.proof.settle(attempt, verdict.codeId, (tx) =>
      this.confinement.confine(tx, target, context, { device, key }),
    );
    if (!first) throw new AuthRefusal(353);
  }

  /** A code that was sent a moment ago is on its way. */
  private async send(caller: AuthCaller, target: TokenTarget): Promise<void> {
    try {
      await this.sending.sendTo(caller, target, 'authorisation');
    } catch (error) {
      if (!DomainError.is(error, 'passcode-sent-recently')) throw error;
    }
  }
}
