import { Module } from '@nestjs/common';
import { SessionHousekeeping } from './session-housekeeping.js';
import { SessionRepository } from './session.repository.js';
import { Sessions } from './sessions.js';

/** Sessions of people who logged in, for every feature that has any. */
@Module({ providers: [Sessions, SessionRepository, SessionHousekeeping], exports: [Sessions, SessionHousekeeping] })
export class SessionsModule {}
