import { Module } from '@nestjs/common';
import { Applications } from './applications/applications.js';

/** The authentication methods: applications, people, policies, logon and verification. */
@Module({
  providers: [Applications],
})
export class AuthModule {}
