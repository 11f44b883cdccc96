import { Global, Module } from '@nestjs/common';
import { Administrators } from './administrators.js';
import { ManagerLogin } from './manager-login.js';
import { ManagerNames } from './manager-names.js';
import { PeopleRoles } from './people-roles.js';
import { ReachablePeople } from './reachable-people.js';

@Global()
@Module({
  providers: [Administrators, ManagerNames, ManagerLogin, PeopleRoles, ReachablePeople],
  exports: [Administrators, ManagerLogin, PeopleRoles, ReachablePeople],
})
export class AdministratorsModule {}
