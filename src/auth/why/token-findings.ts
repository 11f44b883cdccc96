import type { HeldToken } from '../../tokens/token-store.js';
import type { Cause } from './obstacle.js';

/** Why a token cannot be used at a moment; undefined when it can (authentication methods, section 5). */
export function tokenFinding({ token, assignment }: HeldToken, now: Date): Cause | undefined {
  const name = `The token ${token.serial}`;
  if (token.status !== 'ACTIVE') {
    return {
      reason: 'token-disabled',
      code: 253,
      text: `${name} is ${token.status === 'DISABLED' ? 'switched off' : 'out of use for good'}, whoever has it.`,
      advice:
        token.status === 'DISABLED'
          ? `Switch it on (latchkey tokens enable ${token.serial}).`
          : 'Give the person another token.',
    };
  }
  if (assignment.status === 'DISABLED') {
    return {
      reason: 'token-disabled',
      code: 253,
      text: `${name} was disabled for this person, by an administrator or by themself.`,
      advice: 'Ask why, and enable it (OpenOTP.Token_Enable, OpenOTP.FIDO_Enable).',
    };
  }
  if (assignment.status === 'INACTIVE') {
    return {
      reason: 'token-not-activated',
      code: 254,
      text: `${name} waits for its activation code.`,
      advice: 'Have the code sent (sendActivationCode), and have the person give it back.',
    };
  }
  if (assignment.status === 'LOCKED') {
    return {
      reason: 'token-locked',
      code: 255,
      text: `${name} is locked.`,
      advice: 'Unlock it (OpenOTP.Token_Enable).',
    };
  }
  return timeFinding({ token, assignment }, now, name) ?? driftFinding({ token, assignment }, name);
}

function timeFinding({ assignment }: HeldToken, now: Date, name: string): Cause | undefined {
  const { starts, expires, usageLimit, usageCount } = assignment;
  if (starts !== null && starts > now) {
    return {
      reason: 'token-outside-validity',
      code: 256,
      text: `${name} does not work before ${starts.toISOString()}.`,
      advice: 'Wait until then, or give the person another token.',
    };
  }
  if (expires !== null && expires <= now) {
    return {
      reason: 'token-outside-validity',
      code: 256,
      text: `${name} has not worked since ${expires.toISOString()}.`,
      advice: 'Give it more time (OpenOTP.Expire_Reset), or give the person another token.',
    };
  }
  if (usageLimit === 0 || usageCount < usageLimit) return undefined;
  return {
    reason: 'token-spent',
    code: 257,
    text: `${name} was used ${usageCount} times, as often as it may be.`,
    advice: 'Give the person another one.',
  };
}

/** A code was shown that lies beyond the window: the token is right, and its clock or counter is off. */
function driftFinding({ token }: HeldToken, name: string): Cause | undefined {
  if (token.candidateCounter === null) return undefined;
  const off = token.candidateAt === null ? '' : ` when it was tried at ${token.candidateAt.toISOString()}`;
  return {
    reason: 'token-out-of-sync',
    code: 301,
    text: `${name} was out of step${off}.`,
    advice:
      'Have the person type the next code of the token right after one that was refused, or synchronise it (syncToken).',
  };
}
