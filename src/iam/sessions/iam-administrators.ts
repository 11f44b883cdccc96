import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { mayUse, reachesEverybody, type Right } from '../../core/administrators/rights.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PeopleReach } from '../../people/people-reach.js';
import type { IamCaller } from './iam-caller.js';

/** People who logged in and hold a role. */
@Injectable()
export class IamAdministrators {
  constructor(private readonly reach: PeopleReach) {}

  /** The caller as an administrator; undefined for somebody without a role. */
  of({ found, client }: IamCaller): Promise<AdministratorCaller | undefined> {
    return this.reach.administrator(found, client);
  }

  /** As {@link of}, with a right. @throws DomainError `access-denied` */
  async require(caller: IamCaller, right: Right): Promise<AdministratorCaller> {
    const administrator = await this.of(caller);
    if (!administrator || !mayUse(administrator.role, right)) throw new DomainError('access-denied');
    return administrator;
  }

  /** As {@link of}, of the whole server: the master domain's in the contract. @throws DomainError `access-denied` */
  async requireGlobal(caller: IamCaller): Promise<AdministratorCaller> {
    const administrator = await this.of(caller);
    if (!administrator || !reachesEverybody(administrator.role)) throw new DomainError('access-denied');
    return administrator;
  }
}
