import { Module } from '@nestjs/common';
import { InterruptedPasswordChange } from './interrupted-password-change.js';
import { Lockout } from './lockout.js';
import { PasswordAssignment } from './password-assignment.js';
import { PasswordChange } from './password-change.js';
import { PasswordConsequences } from './password-consequences.js';
import { PasswordForms } from './password-forms.js';
import { PasswordReplacement } from './password-replacement.js';
import { PasswordRequirements } from './password-requirements.js';
import { PasswordSubmission } from './password-submission.js';
import { PasswordTurns } from './password-turns.js';
import { RequestedPasswordChange } from './requested-password-change.js';

/** Setting passwords, for every feature that lets people or administrators do so; needs an `Outbox`. */
@Module({
  providers: [
    InterruptedPasswordChange,
    Lockout,
    PasswordAssignment,
    PasswordChange,
    PasswordConsequences,
    PasswordForms,
    PasswordReplacement,
    PasswordRequirements,
    PasswordSubmission,
    PasswordTurns,
    RequestedPasswordChange,
  ],
  exports: [
    InterruptedPasswordChange,
    Lockout,
    PasswordAssignment,
    PasswordChange,
    PasswordForms,
    PasswordReplacement,
    PasswordRequirements,
    PasswordSubmission,
    PasswordTurns,
    RequestedPasswordChange,
  ],
})
export class PasswordsModule {}
