import { Module } from '@nestjs/common';
import { LoginNames } from './log-in/login-names.js';
import { LogInGate } from './log-in/password-gate.js';
import { PasswordLogIn } from './log-in/password-log-in.js';
import { SessionHolders } from './session-holders.js';
import { SessionHousekeeping } from './session-housekeeping.js';
import { SessionRepository } from './session.repository.js';
import { Sessions } from './sessions.js';
import { BrowserCookies } from './web/browser-cookies.js';
import { BrowserSessions } from './web/browser-sessions.js';

/** Sessions of people who logged in, for every feature that has any. */
@Module({
  providers: [
    BrowserCookies,
    BrowserSessions,
    LoginNames,
    LogInGate,
    PasswordLogIn,
    SessionHolders,
    SessionHousekeeping,
    SessionRepository,
    Sessions,
  ],
  exports: [BrowserSessions, LoginNames, LogInGate, PasswordLogIn, SessionHolders, SessionHousekeeping, Sessions],
})
export class SessionsModule {}
