import { Injectable } from '@nestjs/common';
import { Configuration } from '../../../core/domains/configuration.js';
import { redirectTarget } from '../../../core/web/redirect-target.js';
import type { ProcessingCall } from '../processing-call.js';
import { allowedRedirectOrigins } from '../../redirect-origins.js';
import type { ProvenRequest } from '../request-type.js';

/** Where a browser may go on after a request was carried out. */
@Injectable()
export class Redirects {
  constructor(private readonly configuration: Configuration) {}

  /** The wished target, when it is one of this server or of an origin that the person's domain lists. */
  async of(
    { found: { domain } }: Pick<ProvenRequest, 'found'>,
    { redirect }: Pick<ProcessingCall, 'redirect'>,
  ): Promise<string | undefined> {
    const snapshot = await this.configuration.snapshot();
    return redirectTarget(redirect, snapshot.setting(allowedRedirectOrigins, domain.id));
  }
}
