import { Injectable, Logger } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { NextPasscode } from '../../tokens/kinds/on-demand/next-passcode.js';
import { boundToAgent } from '../credentials/credential-check.js';
import { LogonSessions, shownIn, type StepPassage } from './logon-sessions.js';

/** Takes a logon a step on, and does what follows from a whole one. */
@Injectable()
export class StepPassing {
  private readonly logger = new Logger('Logon');

  constructor(
    private readonly sessions: LogonSessions,
    private readonly next: NextPasscode,
  ) {}

  /** @returns as `LogonSessions.pass` */
  async pass(passage: StepPassage): Promise<{ readonly cookie: PlainSecret | undefined } | undefined> {
    const passed = await this.sessions.pass(passage);
    if (passed && passage.completes && shownIn(passage).includes('OTPoD')) await this.sendNext(passage);
    return passed;
  }

  /** The logon is complete whatever becomes of it; without one people ask for a passcode as before. */
  private async sendNext({ found, rules, agent, context }: StepPassage): Promise<void> {
    try {
      await this.next.send({ found, rules, boundTo: boundToAgent({ name: agent }), context });
    } catch (error) {
      if (DomainError.is(error, 'passcode-sent-recently')) return;
      this.logger.error(error);
    }
  }
}
