import { Injectable } from '@nestjs/common';
import { Environment } from '../../core/config/environment.js';
import { Configuration } from '../../core/domains/configuration.js';
import { systemAccount } from './mail-account.js';

/** Whether there is anything to send mail with, for features that must say so beforehand (iam-rest section 3.1). */
@Injectable()
export class MailReadiness {
  constructor(
    private readonly environment: Environment,
    private readonly configuration: Configuration,
  ) {}

  async isReady(): Promise<boolean> {
    return this.environment.embedded || systemAccount(await this.configuration.snapshot()) !== undefined;
  }
}
