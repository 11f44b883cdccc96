import { Injectable } from '@nestjs/common';
import { InterruptedSubmissions } from '../core/requests/interrupted-submissions.js';
import { InterruptedPasswordChange } from '../passwords/interrupted-password-change.js';
import { resetUnlocks } from './pwreset-settings.js';
import { passwordReset } from './pwreset.purpose.js';

/** Has password resets completed whose process died in the middle of them. */
@Injectable()
export class PasswordResetInterruption {
  constructor(submissions: InterruptedSubmissions, changes: InterruptedPasswordChange) {
    changes.lookAfter(submissions, passwordReset, resetUnlocks);
  }
}
