import type { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { HeldRequest } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';
import { CertificateCheck } from '../kinds/certificate/certificate-check.js';
import { EmergencyCodeCheck } from '../kinds/emergency-code/emergency-code-check.js';
import { FidoAssertions } from '../kinds/fido/fido-assertions.js';
import type { CeremonyHolder } from '../kinds/fido/fido-ceremonies.js';
import { OnDemandCheck } from '../kinds/on-demand/on-demand-check.js';
import { OnDemandPasscodes, type SentPasscode } from '../kinds/on-demand/on-demand-passcodes.js';
import type { TokenRules } from '../token-rules.js';
import { tokenRulesOf } from '../token-rules-of.js';
import { Passcodes } from '../verification/passcodes.js';
import { boundTo, contextOf } from './held-person.js';
import type { FactorVerdict } from './second-factor-step.js';
import { channelsOfLink } from './second-factors.js';

/** What can be typed as a second factor. */
export const TYPED_FACTORS = ['OTP', 'OTPoD', 'EMCODE'] as const;
export type TypedFactor = (typeof TYPED_FACTORS)[number];

/** Checks of every authenticator that may be the second factor beside a link. */
@Injectable()
export class SecondFactorChecks {
  constructor(
    private readonly passcodes: Passcodes,
    private readonly onDemand: OnDemandCheck,
    private readonly sending: OnDemandPasscodes,
    private readonly emergencyCodes: EmergencyCodeCheck,
    private readonly fido: FidoAssertions,
    private readonly certificates: CertificateCheck,
    private readonly configuration: Configuration,
  ) {}

  /** Checks what was typed; counted for the person first. */
  async typed(held: HeldRequest, client: Client, factor: TypedFactor, text: string): Promise<FactorVerdict> {
    const { found } = held;
    const context = contextOf(held, client);
    const typed = plainSecret(text);
    const rules = await this.rulesOf(held);
    if (factor === 'EMCODE') return this.emergencyCodes.verify({ found, context, rules }, typed);
    if (factor === 'OTPoD') return this.onDemand.verify({ found, context, rules, boundTo: boundTo(held), typed });
    return this.passcodes.verify({ accountId: found.account.id, authenticator: 'OTP', typed, rules, context });
  }

  /** Sends a passcode by the first way that the link did not take. @throws DomainError as `OnDemandPasscodes.send` */
  async send(held: HeldRequest, client: Client): Promise<SentPasscode> {
    return this.sending.send({
      found: held.found,
      rules: await this.rulesOf(held),
      context: contextOf(held, client),
      use: 'second-factor',
      except: channelsOfLink(held.request.deliveryMethod),
      boundTo: boundTo(held),
      requestId: held.request.id,
    });
  }

  /** Options for a FIDO ceremony. @throws DomainError as `FidoAssertions.begin` */
  beginFido(held: HeldRequest): ReturnType<FidoAssertions['begin']> {
    return this.fido.begin(ceremonyHolder(held));
  }

  /** Checks what the browser gave. */
  async fidoResponse(held: HeldRequest, client: Client, response: string): Promise<FactorVerdict> {
    const rules = await this.rulesOf(held);
    return this.fido.verify({ ...ceremonyHolder(held), response, rules, context: contextOf(held, client) });
  }

  /** Checks the certificate that the browser has shown to our listener. @throws DomainError `feature-locked` */
  async certificate(held: HeldRequest, client: Client, shown: X509Certificate): Promise<FactorVerdict> {
    const rules = await this.rulesOf(held);
    const context = contextOf(held, client);
    return this.certificates.verify({ accountId: held.found.account.id, certificate: shown.raw, rules, context });
  }

  private async rulesOf({ found }: HeldRequest): Promise<TokenRules> {
    return tokenRulesOf(await this.configuration.snapshot(), found);
  }
}

function ceremonyHolder(held: HeldRequest): CeremonyHolder {
  const { account, domain } = held.found;
  return { accountId: account.id, domainId: domain.id, boundTo: boundTo(held) };
}
