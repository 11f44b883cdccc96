import type { Provider, Type } from '@nestjs/common';
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
import { ApiUsersController } from './api-users.controller.js';

/** Users and groups for help desks (user-requests section 8). */
export const USERS_PROVIDERS: readonly Provider[] = [
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
];

export const USERS_CONTROLLERS: readonly Type[] = [DomainUsersController, ApiUsersController];
