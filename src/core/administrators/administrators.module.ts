import { Global, Module } from '@nestjs/common';
import { Administrators } from './administrators.js';
import { ManagerLogin } from './manager-login.js';
import { ManagerNames } from './manager-names.js';
import { ReachablePeople } from './reachable-people.js';

@Global()
@Module({
  providers: [Administrators, ManagerNames, ManagerLogin, ReachablePeople],
  exports: [Administrators, ManagerLogin, ReachablePeople],
})
export class AdministratorsModule {}
