import type { RequestFlow } from '../core/requests/request-sessions.js';
import type { RequestStep } from '../core/requests/request-steps.js';
import { requireOldPassword } from './pwreset-settings.js';
import { passwordReset } from './pwreset.purpose.js';

/** How a password reset link is followed: what a person proves before setting a new password (section 10.2). */
export const passwordResetFlow: RequestFlow = {
  purpose: passwordReset,
  required: ({ request, found }, snapshot) => {
    const steps: RequestStep[] = [];
    if (snapshot.setting(requireOldPassword, found.domain.id)) steps.push('password');
    if (request.secondFactor) steps.push('second-factor');
    return steps;
  },
};
