import {
  collection,
  count,
  date,
  flag,
  nullableDate,
  nullableText,
  type ObjectType,
  related,
  text,
  texts,
  word,
} from '../../surfaces/auth-envelope/object-type.js';
import { DOMAIN } from '../catalog/object-types.js';

/** Object types of section 5 of the authentication methods, as far as tokens reach. */

/** Status of a person as section 5 of the authentication methods has it. */
export const USER_STATUS = ['ACTIVE', 'INACTIVE', 'LOCKED', 'DISABLED'] as const;
export type UserStatus = (typeof USER_STATUS)[number];

const GROUP: ObjectType = {
  name: 'group',
  attributes: { id: text('Identifier.'), name: text('Name.') },
};

/** A person as the holder of a token: what is known of them here and in the directory. */
export const USER_OBJECT: ObjectType = {
  name: 'user',
  attributes: {
    id: text('Identifier.'),
    loginName: text('Login.'),
    firstName: nullableText('As the directory has it.'),
    lastName: nullableText('As the directory has it.'),
    email: nullableText('Mail address in the directory. `*` does not ask for it.'),
    mobile: nullableText('Mobile number in the directory. `*` does not ask for it.'),
    userLocale: nullableText('Preferred language, a BCP 47 tag.'),
    status: word(
      USER_STATUS,
      '`INACTIVE`: deactivated here; `DISABLED`: switched off in the directory; `LOCKED`: blocked, or an authenticator ' +
        'is locked after wrong attempts.',
    ),
    domain: related(() => DOMAIN, 'Domain.'),
    groups: collection(() => GROUP, 'Groups in the directory.'),
    tokens: collection(() => TOKEN_OBJECT, 'Everything that the person was given.'),
    tokenAssignments: collection(() => ASSIGNMENT_OBJECT, 'The assignments of those.'),
    lastLogin: nullableDate('When the person logged on last; null before the first time.'),
    failCount: count('Failures since the last success, of all authenticators together.'),
    mustChangePassword: flag('Whether the password must be changed at the next logon.'),
    lastChangePassword: nullableDate('When the password was changed last, where the directory tells.'),
  },
  onlyNamed: ['email', 'mobile'],
};

export const PRODUCT: ObjectType = {
  name: 'product',
  attributes: {
    id: text('Codes of the manufacturer and of the product, with a slash between them.'),
    name: text('Name.'),
    manufacturerCode: text('Code of the manufacturer.'),
    productCode: text('Code of the product.'),
    method: text('Kind of token, e.g. `OTP`, `GridCard`.'),
    functions: texts('What its tokens can do, e.g. `OTP`, `OOBA`.'),
    digits: { kind: 'value', schema: { type: ['integer', 'null'], description: 'Digits of a code.' } },
    timer: { kind: 'value', schema: { type: ['integer', 'null'], description: 'Seconds of a time step.' } },
    algorithm: nullableText('E.g. `OATH TOTP`.'),
  },
};

const TOKEN_STATUS = ['ACTIVE', 'DISABLED', 'DECEASED'];
const ASSIGNMENT_STATUS = ['ACTIVE', 'INACTIVE', 'LOCKED', 'DISABLED'];

export const TOKEN_OBJECT: ObjectType = {
  name: 'token',
  attributes: {
    id: text('Identifier.'),
    serial: text('Serial number.'),
    identifier: text('What the token is known by outside; its serial number.'),
    status: word(TOKEN_STATUS, 'Status of the token, whoever has it.'),
    description: nullableText('Shown to operators.'),
    product: related(() => PRODUCT, 'Product.'),
    repository: nullableText('Always null: there is one inventory for all tokens.'),
    confined: flag('Whether it was put on a device, and is put on no other until an administrator releases it.'),
    users: collection(() => USER_OBJECT, 'Who has it, as far as the call is about them.'),
    assignedUsers: collection(() => USER_OBJECT, 'Its owners, as far as the call is about them.'),
    sharedUsers: collection(() => USER_OBJECT, 'Who shares it, as far as the call is about them.'),
    tokenAssignments: collection(() => ASSIGNMENT_OBJECT, 'Assignments, as far as the call is about them.'),
    oobDeviceModel: nullableText('Model of the device that asks for confirmations; null before one is registered.'),
    oobDeviceType: nullableText('Sort of that device.'),
  },
  secrets: ['candidateCounter', 'state', 'key', 'uri'],
};

export const ASSIGNMENT_OBJECT: ObjectType = {
  name: 'tokenAssignment',
  attributes: {
    id: text('Identifier.'),
    status: word(ASSIGNMENT_STATUS, '`INACTIVE` waits for its activation code.'),
    user: related(() => USER_OBJECT, 'Who has the token.'),
    token: related(() => TOKEN_OBJECT, 'The token.'),
    isOwner: flag('Whether the person owns it, as opposed to sharing it.'),
    usageLimit: count('Uses after which it is spent; 0 = without limit.'),
    starts: nullableDate('First moment at which it works; null = from the beginning.'),
    expires: nullableDate('Moment from which on it does not work; null = without end.'),
    priority: count('Among several usable tokens the higher one is tried first.'),
    lastChangePin: nullableDate('When its PIN was set last.'),
    mustChangePin: flag('Whether the PIN is to be changed.'),
    pinNeverExpires: flag('Whether the PIN works for good.'),
    dateCreated: date('When it was made.'),
    lastUpdated: date('When it was changed last.'),
  },
  secrets: ['challengeCodes', 'activationCodes'],
};
