import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import type { RequestActor } from '../../core/requests/request-actor.js';
import { RequestAttempts } from '../../core/requests/request-attempts.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';
import { refusalOf } from '../../surfaces/iam-rest/rest-exit.js';
import { requireLength, requireSymbols } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';

/** The field of a new password. */
export const PWD = 'pwd';

/**
 * Holds the new password of a request to symbols, length and policy, in this order (iam-rest section 3.2, steps 6 to 8).
 * One that breaks them is counted; the twentieth kills the request (section 9).
 *
 * @param problems what the policy says
 * @throws RestRefusal 412/1501 with the first thing that is wrong, 404/1404 when the request is dead
 */
export async function requireGoodPassword(
  attempts: RequestAttempts,
  request: OneTimeRequest,
  by: RequestActor,
  password: string,
  problems: (password: PlainSecret) => Promise<readonly PasswordProblem[]>,
): Promise<PlainSecret> {
  const secret = plainSecret(password);
  let refusal: RestRefusal | undefined;
  const attempt = await attempts.attempt(request, { counter: 'code' }, by, async () => {
    refusal = shapeRefusal(password) ?? policyRefusal(await problems(secret));
    return refusal === undefined;
  });
  if (attempt.kind === 'right') return secret;
  if (refusal && attempt.kind !== 'not-valid') throw refusal;
  throw RestRefusal.notFound('request');
}

/** What a new password that the directory refused is answered, after it was counted like one that our rules refuse. */
export async function countRefusedPassword(
  attempts: RequestAttempts,
  request: OneTimeRequest,
  by: RequestActor,
  error: unknown,
): Promise<unknown> {
  if (!isPasswordRefusal(error)) return error;
  await attempts.attempt(request, { counter: 'code' }, by, () => false);
  return refusalOf(error, PWD);
}

/** Whether an error says that the new password will not do. */
export function isPasswordRefusal(error: unknown): error is DomainError {
  return DomainError.is(error) && error.category === 'refused' && error.code.startsWith('password-');
}

function shapeRefusal(password: string): RestRefusal | undefined {
  try {
    requireSymbols(PWD, password);
    requireLength(PWD, password);
    return undefined;
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    return error;
  }
}

/** The first rule that is broken, in the words of the surface. */
export function policyRefusal([first]: readonly PasswordProblem[], field = PWD): RestRefusal | undefined {
  return first && refusalOf(first, field);
}
