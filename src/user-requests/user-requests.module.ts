import { Module } from '@nestjs/common';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { PeopleModule } from '../people/people.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { CREATION_PROVIDERS } from './creation/creation.providers.js';
import { RequestsController } from './creation/requests.controller.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { UserAccessTokenController } from './oauth/user-access-token.controller.js';
import { UserAccessTokens } from './oauth/user-access-tokens.js';
import { PinGuesses } from './pin-guesses.js';
import { ProcessingController } from './processing/processing.controller.js';
import { PROCESSING_PROVIDERS } from './processing/processing.providers.js';
import { USERS_CONTROLLERS, USERS_PROVIDERS } from './users/users.providers.js';

/** User requests: OAuth 1.0a consumers, requests for people, their processing, and the users around them. */
@Module({
  imports: [OAuthModule, PasswordsModule, PeopleModule, SessionsModule],
  controllers: [ProcessingController, RequestsController, UserAccessTokenController, ...USERS_CONTROLLERS],
  providers: [...CREATION_PROVIDERS, ...PROCESSING_PROVIDERS, ...USERS_PROVIDERS, PinGuesses, UserAccessTokens],
})
export class UserRequestsModule {}
