import { Logoff } from './logoff.js';
import { LogoffMethods } from './logoff.auth.js';
import { LogonEntrance } from './logon-entrance.js';
import { LogonHousekeeping } from './logon-housekeeping.js';
import { LogonJournal } from './logon-journal.js';
import { LogonRules } from './logon-rules.js';
import { LogonSessionRepository } from './logon-session.repository.js';
import { LogonSessions } from './logon-sessions.js';
import { LogonMethod } from './logon.auth.js';
import { Logon } from './logon.js';
import { StepPassing } from './step-passing.js';

/** Logons of people to applications. */
export const LOGON_PROVIDERS = [
  Logoff,
  LogoffMethods,
  Logon,
  LogonEntrance,
  LogonHousekeeping,
  LogonJournal,
  LogonMethod,
  LogonRules,
  LogonSessionRepository,
  LogonSessions,
  StepPassing,
];
