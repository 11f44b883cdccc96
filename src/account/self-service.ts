import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { SELF_SERVICE } from '../core/policies/categories/self-service.js';
import { selfServiceAllows } from '../core/policies/self-service.js';

/** What a policy may keep people from doing by themselves. */
type SelfServiceAct = 'changePin' | 'requestEmergencyCode';

/** What the policy of the category `self-service` lets people do who are signed in. */
@Injectable()
export class SelfService {
  constructor(private readonly configuration: Configuration) {}

  /** @throws DomainError `directory-unavailable`, `directory-misconfigured` where groups decide */
  async allows(found: FoundPerson, act: SelfServiceAct): Promise<boolean> {
    return selfServiceAllows(await this.configuration.snapshot(), found, SELF_SERVICE[act]);
  }
}
