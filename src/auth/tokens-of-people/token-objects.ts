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

/** Object types of section 5 of the authentication methods, as far as tokens reach. */

/** A person as the holder of a token. */
const HOLDER: ObjectType = {
  name: 'tokenHolder',
  attributes: { id: text('Identifier of the user.'), loginName: text('Login.') },
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
    confined: flag('Whether it was put on a device, and is put on no other until an administrator releases it.'),
    users: collection(() => HOLDER, 'Who has it, as far as the call is about them.'),
    assignedUsers: collection(() => HOLDER, 'Its owners, as far as the call is about them.'),
    sharedUsers: collection(() => HOLDER, 'Who shares it, as far as the call is about them.'),
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
    user: related(() => HOLDER, 'Who has the token.'),
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
