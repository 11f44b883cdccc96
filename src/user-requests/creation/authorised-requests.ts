import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { type FoundPerson, isUsable } from '../../core/directory/people.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { RequestType } from '../request-types.js';
import { receiptCodesForAll } from './creation-settings.js';
import { CustomPeople } from './custom-people.js';
import { isPublicType } from './request-form.js';
import { deliveryMethodFor } from './request-letters.js';
import { RequestTargets, type RequestingAdministrator } from './request-targets.js';
import type { Requested } from './requested.js';
import { RequestWriting } from './request-writing.js';

/** Types for people who can log in now; a first password and an unlock serve inactive people as well. */
const NEEDS_ACTIVE: ReadonlySet<RequestType> = new Set([
  'LOGIN',
  'LOGIN_UNATTENDED',
  'PASSWORD_RESET',
  'CUSTOM',
] as const);

/** Requests that administrators make for people (user-requests section 3, steps 8 to 11). */
@Injectable()
export class AuthorisedRequests {
  constructor(
    private readonly configuration: Configuration,
    private readonly targets: RequestTargets,
    private readonly custom: CustomPeople,
    private readonly writing: RequestWriting,
  ) {}

  /**
   * @returns number and code
   * @throws ApiRefusal 400, 403, 404
   * @throws DomainError `account-ambiguous`, `directory-unavailable` and, where a person is to be made, what the directory
   *   refuses
   */
  async create(requested: Requested, caller: RequestingAdministrator): Promise<string> {
    const { type, name } = requested;
    const snapshot = await this.configuration.snapshot();
    if (type === 'CUSTOM') return this.custom.create(snapshot, requested, caller);
    const found = await this.targets.find(snapshot, caller, name);
    if (!found) throw ApiRefusal.notFound('user');
    await this.targets.requireReach(caller, found, type);
    if (NEEDS_ACTIVE.has(type) && !isUsable(found)) throw new ApiRefusal(400, 'user is not active');
    const receiptOpens = !(isPublicType(type) && snapshot.setting(receiptCodesForAll, found.domain.id));
    requireAddress(snapshot, found, requested, receiptOpens);
    return this.writing.write(snapshot, { requested, caller, found, receiptOpens });
  }
}

/** Where nothing can be delivered, the request is good for something only if the caller's code alone opens it. */
function requireAddress(
  snapshot: ConfigurationSnapshot,
  found: FoundPerson,
  { type, withPin }: Requested,
  receiptOpens: boolean,
): void {
  const needed = withPin || type === 'PASSWORD_RESET' || !receiptOpens;
  if (needed && deliveryMethodFor(snapshot, found) === 'NONE') throw new ApiRefusal(400, 'user has no email');
}
