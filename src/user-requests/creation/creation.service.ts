import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import type { Client } from '../../core/web/clients.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';
import type { OAuthCaller } from '../../surfaces/oauth1/oauth-caller.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { AnonymousRequests } from './anonymous-requests.js';
import { AuthorisedRequests } from './authorised-requests.js';
import { CreationLimits } from './creation-limits.js';
import { customRequestEndpoints } from './creation-settings.js';
import { customCallIn } from './custom-call.js';
import { isPublicType, requestTypeIn, wantsPin } from './request-form.js';
import { requireRole } from './request-targets.js';

/** A call as it came in. */
export interface CreationCall {
  readonly name: string;
  readonly form: FormParameters;
  readonly language: string | undefined;
  readonly client: Client;
}

/** `POST /api/users/{username}/requests`: the order in which a call is judged (user-requests section 3). */
@Injectable()
export class CreationService {
  constructor(
    private readonly configuration: Configuration,
    private readonly limits: CreationLimits,
    private readonly anonymous: AnonymousRequests,
    private readonly authorised: AuthorisedRequests,
  ) {}

  /**
   * @returns `{request_id};{request_code}`
   * @throws ApiRefusal, OAuthProblem, DomainError
   */
  create(call: CreationCall, caller: OAuthCaller | 'anonymous'): Promise<string> {
    return caller === 'anonymous' ? this.forAnybody(call) : this.forCaller(call, caller);
  }

  private async forAnybody({ name, form, language, client }: CreationCall): Promise<string> {
    await this.limits.lookAtAddress(client);
    const type = requestTypeIn(form);
    if (!isPublicType(type)) throw new OAuthProblem('missing_token');
    await this.anonymous.requireOpen();
    const withPin = wantsPin(form, type);
    return this.anonymous.create({ type, name, withPin, custom: undefined, language }, client);
  }

  private async forCaller({ name, form, language }: CreationCall, caller: OAuthCaller): Promise<string> {
    await this.limits.countToken(caller.tokenId);
    const type = requestTypeIn(form);
    const administrator = requireRole(caller, type);
    const withPin = wantsPin(form, type);
    const snapshot = await this.configuration.snapshot();
    const custom = type === 'CUSTOM' ? customCallIn(form, snapshot.setting(customRequestEndpoints)) : undefined;
    return this.authorised.create({ type, name, withPin, custom, language }, administrator);
  }
}
