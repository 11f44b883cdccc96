import { Module } from '@nestjs/common';
import { Applications } from './applications/applications.js';
import { AuthPeople } from './people/auth-people.js';

/** The authentication methods: applications, people, policies, logon and verification. */
@Module({
  providers: [Applications, AuthPeople],
})
export class AuthModule {}
