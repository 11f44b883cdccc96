import { Global, Module } from '@nestjs/common';
import { Administrators } from './administrators.js';
import { ManagerLogin } from './manager-login.js';
import { ManagerNames } from './manager-names.js';

@Global()
@Module({ providers: [Administrators, ManagerNames, ManagerLogin], exports: [Administrators, ManagerLogin] })
export class AdministratorsModule {}
