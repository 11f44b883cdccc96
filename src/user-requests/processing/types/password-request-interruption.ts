import { Injectable } from '@nestjs/common';
import { InterruptedSubmissions } from '../../../core/requests/interrupted-submissions.js';
import { InterruptedPasswordChange } from '../../../passwords/interrupted-password-change.js';
import { PURPOSES } from '../../request-types.js';
import { requestUnlocks } from '../processing-settings.js';

/** Has new passwords completed whose process died in the middle of them. */
@Injectable()
export class PasswordRequestInterruption {
  constructor(submissions: InterruptedSubmissions, changes: InterruptedPasswordChange) {
    changes.lookAfter(submissions, PURPOSES.PASSWORD_SET, requestUnlocks);
    changes.lookAfter(submissions, PURPOSES.PASSWORD_RESET, requestUnlocks);
  }
}
