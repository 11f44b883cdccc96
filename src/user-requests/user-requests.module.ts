import { Module } from '@nestjs/common';
import './creation/creation-settings.js';
import './creation/request-settings.js';
import { OAuthModule } from './oauth/oauth.module.js';

/** User requests: OAuth 1.0a consumers, requests for people, their processing, and the users around them. */
@Module({ imports: [OAuthModule] })
export class UserRequestsModule {}
