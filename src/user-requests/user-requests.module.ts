import { Module } from '@nestjs/common';
import { CreationModule } from './creation/creation.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { UserAccessTokenController } from './oauth/user-access-token.controller.js';
import { UserAccessTokens } from './oauth/user-access-tokens.js';
import { ProcessingModule } from './processing/processing.module.js';
import { UsersModule } from './users/users.module.js';

/** User requests: OAuth 1.0a consumers, requests for people, their processing, and the users around them. */
@Module({
  imports: [CreationModule, OAuthModule, ProcessingModule, UsersModule],
  controllers: [UserAccessTokenController],
  providers: [UserAccessTokens],
})
export class UserRequestsModule {}
