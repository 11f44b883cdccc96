import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { CREATION_PROVIDERS } from './creation/creation.providers.js';
import { RequestsController } from './creation/requests.controller.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { USERS_CONTROLLERS, USERS_PROVIDERS } from './users/users.providers.js';

/** User requests: OAuth 1.0a consumers, requests for people, their processing, and the users around them. */
@Module({
  imports: [OAuthModule, PeopleModule],
  controllers: [RequestsController, ...USERS_CONTROLLERS],
  providers: [...CREATION_PROVIDERS, ...USERS_PROVIDERS],
})
export class UserRequestsModule {}
