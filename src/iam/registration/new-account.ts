import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { NewPerson } from '../../core/directory/capabilities/person-registry.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { profileOf } from '../users/user-profile.js';
import type { RegistrationTemplate } from './registration-settings.js';

/** What a registration keeps besides login and domain. */
interface RegistrationPayload {
  readonly name?: unknown;
  readonly email?: unknown;
  readonly language?: unknown;
}

/** The account that a registration makes: the template, and what the person sent wins (iam-rest section 3.2). */
export function newAccount(
  template: RegistrationTemplate,
  { login, payload }: Pick<OneTimeRequest, 'login' | 'payload'>,
  password: PlainSecret,
): NewPerson {
  const { name, email, language } = payload as RegistrationPayload;
  const profile = profileOf(template);
  return {
    login,
    displayName: typeof name === 'string' ? name : login,
    mail: typeof email === 'string' ? email : undefined,
    language: typeof language === 'string' ? language : undefined,
    password,
    profile: { ...profile, opts: { ...profile.opts, self_registered: true } },
  };
}
