import { Module } from '@nestjs/common';
import { PeopleModule } from '../../people/people.module.js';
import { CreationModule } from '../creation/creation.module.js';
import { ApiUsersController } from './api-users.controller.js';
import { DomainUsersController } from './domain-users.controller.js';
import { ShownUsers } from './shown-users.js';
import { UserCallsGuard } from './user-calls.guard.js';
import { UserChange } from './user-change.js';
import { UserCreation } from './user-creation.js';
import { UserDesk } from './user-desk.js';
import { UserGroups } from './user-groups.js';
import { UserListing } from './user-listing.js';
import { UserRole } from './user-role.js';
import { UserStatuses } from './user-status.js';
import { UserTargets } from './user-targets.js';

/** Users and groups for help desks (user-requests section 8). */
@Module({
  imports: [CreationModule, PeopleModule],
  controllers: [ApiUsersController, DomainUsersController],
  providers: [
    ShownUsers,
    UserCallsGuard,
    UserChange,
    UserCreation,
    UserDesk,
    UserGroups,
    UserListing,
    UserRole,
    UserStatuses,
    UserTargets,
  ],
  exports: [UserTargets],
})
export class UsersModule {}
