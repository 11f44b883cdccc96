import { boolean, email, matching, name, secret, telephone } from '../scalar-shapes.js';
import { list, object, optional, optionalWith, required, type ShapeType } from '../shape.js';
import { settings } from './settings.js';

/** A backslash parts domain and login in `DOMAIN\login`. */
const domainName = matching(
  /^[^\s\\\p{Cc}]([^\\\p{Cc}]{0,198}[^\s\\\p{Cc}])?$/u,
  'text of 1 to 200 characters without a backslash',
);

const user = object({
  login: required(name(), 'Login name.'),
  name: required(name(), 'Full name, as shown.'),
  firstName: optional(name(), 'First name.'),
  lastName: optional(name(), 'Last name.'),
  email: optional(email(), 'Mail address.'),
  mobile: optional(telephone(), 'Mobile number in international form.'),
  language: optional(
    matching(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or de-CH'),
    'Language of messages (BCP 47).',
  ),
  password: optional(
    secret(),
    'First password; stored as an argon2id hash. Without one the person needs a link to set it.',
  ),
  mustChangePassword: optionalWith(boolean(), false, 'Whether the first password must be changed at the next log-on.'),
});

const domain = object({
  name: required(domainName, 'Name of the domain; compared without regard to case.'),
  directory: optionalWith(name(), 'builtin', 'Where its people live: `builtin`, or the name of a declared directory.'),
  blocked: optionalWith(
    boolean(),
    false,
    'A blocked domain counts as absent everywhere; its people and their data are kept.',
  ),
  settings: optionalWith(settings('domain'), {}, 'Settings that differ from those of the server.'),
  users: optionalWith(list(user), [], 'People of the built-in directory. Created when absent, never overwritten.'),
});

export const domains = list(domain);

export type DomainDeclaration = ShapeType<typeof domain>;
export type UserDeclaration = ShapeType<typeof user>;
