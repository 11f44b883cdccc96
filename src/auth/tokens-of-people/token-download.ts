import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import type { Credential } from '../credentials/credential.js';
import { StaticPassword } from '../credentials/static-password.js';
import { Policies } from '../policies/policies.js';
import { requireAcHash } from './activation.js';
import { DownloadAuthorisation } from './download-authorisation.js';
import { downloadRules, type DownloadRules } from './download-policy.js';
import type { DownloadDevice } from './token-confinement.js';
import { refuseIf, switchedOff } from './token-standing.js';
import { type TargetReference, type TokenTarget, TokenTargets } from './token-target.js';

/** What a call shows to have a token put on a device. */
export interface DownloadRequest {
  readonly acHash?: PlainSecret | undefined;
  readonly credential?: Credential | undefined;
  readonly device?: DownloadDevice | undefined;
  /** Whether the key is asked for. */
  readonly key: boolean;
}

/** Puts people's software tokens on their devices, each on one (authentication methods, section 4.13). */
@Injectable()
export class TokenDownload {
  constructor(
    private readonly targets: TokenTargets,
    private readonly policies: Policies,
    private readonly orders: CredentialOrders,
    private readonly passwords: StaticPassword,
    private readonly authorisation: DownloadAuthorisation,
  ) {}

  /**
   * @returns whose token may be put on the device now; it is confined
   * @throws AuthRefusal 101, 102, 121, 353, 253, 255, 350, 351, and as `TokenTargets.find`
   * @throws DomainError as `StaticPassword.verify`, `ActivationSender.send`
   */
  async run(caller: AuthCaller, reference: TargetReference, request: DownloadRequest): Promise<TokenTarget> {
    const { acHash, credential, device = {}, key } = request;
    if (key) requireKeyRight(caller);
    if (acHash !== undefined) requireAcHash(acHash);
    const target = await this.targets.find(caller, reference, isFree);
    refuseIf(switchedOff(target.held));
    const rules = await this.rules(caller, target);
    if (!rules || !isFree(target.held)) throw new AuthRefusal(353);
    if (rules.authentication) await this.authenticate(caller, target, credential);
    await this.authorisation.run(caller, target, rules, { acHash, device, key });
    return target;
  }

  private async rules(caller: AuthCaller, { found, held }: TokenTarget): Promise<DownloadRules | undefined> {
    const { snapshot, remoteIp } = caller;
    return downloadRules(snapshot, await this.policies.subjectOf(snapshot, found), held.token, remoteIp);
  }

  private async authenticate(
    caller: AuthCaller,
    { found }: TokenTarget,
    credential: Credential | undefined,
  ): Promise<void> {
    if (!credential) throw missing('credential');
    if (credential.method !== undefined && credential.method !== 'SPASS') throw new AuthRefusal(303);
    await this.passwords.verify(await this.orders.of(caller, credential, { found }));
  }
}

/** Whether a token is on no device yet. */
function isFree({ token }: TokenTarget['held']): boolean {
  return token.confinedAt === null;
}

/** The key lies open to the agent: over mutual TLS only, and only where it may. @throws AuthRefusal 121 */
function requireKeyRight({ agent }: AuthCaller): void {
  if (!agent.mutualTls || !agent.permissions.has('export-keys')) throw new AuthRefusal(121);
}
