import type { SchemaObject } from '@nestjs/swagger';
import { AUTHENTICATORS } from '../tokens/token-kinds.js';

const TEXT = { type: 'string' } as const;
const MOMENT: SchemaObject = { type: ['string', 'null'], format: 'date-time' };
const METHOD: SchemaObject = { type: 'string', enum: Object.keys(AUTHENTICATORS) };

/** A text, or `false`. */
export const TEXT_OR_FALSE: SchemaObject = { oneOf: [TEXT, { type: 'boolean', enum: [false] }] };

/** One authenticator in a numbered slot. */
const AUTHENTICATOR: SchemaObject = {
  type: 'object',
  required: ['id', 'slot', 'type', 'serial', 'product', 'name', 'status', 'usable', 'created', 'expires', 'lastused'],
  properties: {
    id: { type: 'integer', description: 'Number of the slot.' },
    slot: TEXT,
    type: { ...TEXT, description: 'Kind of token, e.g. `TOTP`.' },
    serial: TEXT,
    product: TEXT,
    name: { type: ['string', 'null'], description: 'What its owner calls it.' },
    status: { type: 'string', enum: ['ACTIVE', 'INACTIVE', 'LOCKED', 'DISABLED', 'DECEASED'] },
    usable: { type: 'boolean', description: 'Whether it would be taken at this moment, were nobody blocked.' },
    created: { ...TEXT, format: 'date-time' },
    expires: MOMENT,
    lastused: MOMENT,
  },
};

/** Result of `OpenOTP.User_Tokens` and `OpenOTP.User_Devices`. */
export const AUTHENTICATORS_RESULT: SchemaObject = { type: 'array', items: AUTHENTICATOR };

/** Result of `OpenOTP.User_Methods`. */
export const METHODS_RESULT: SchemaObject = { type: 'array', items: METHOD };

/** Result of `OpenOTP.User_Report`; what was not asked for is left out. */
export const REPORT_RESULT: SchemaObject = {
  type: 'object',
  required: ['dn', 'domain', 'active', 'methods'],
  properties: {
    dn: TEXT,
    domain: TEXT,
    active: { type: 'boolean', description: 'As `Check_User_Active`.' },
    methods: METHODS_RESULT,
    token: AUTHENTICATORS_RESULT,
    u2f: AUTHENTICATORS_RESULT,
    block: {
      type: 'object',
      required: ['blocked', 'until', 'by', 'locked'],
      properties: {
        blocked: { type: 'boolean', description: 'As `OpenOTP.Block_Check`.' },
        until: { ...MOMENT, description: 'When a block by an administrator ends; null where it does not, or is none.' },
        by: { type: ['string', 'null'], description: 'Who has blocked.' },
        locked: { ...METHODS_RESULT, description: 'Authenticators that are locked after wrong attempts.' },
      },
    },
  },
};

/** Result of `OpenOTP.Mobile_Response`. */
export const MOBILE_RESPONSE_RESULT: SchemaObject = { type: 'integer', enum: [0, 1, 2] };

/** Result of `OpenOTP.AppKey_Fetch`. */
export const APP_KEYS_RESULT: SchemaObject = {
  type: 'array',
  items: {
    type: 'object',
    required: ['client', 'serial', 'password', 'expires', 'lastused'],
    properties: {
      client: { type: ['string', 'null'], description: 'The program that it is for, as its owner calls it.' },
      serial: TEXT,
      password: { type: ['string', 'null'], description: 'Only the first time.' },
      expires: MOMENT,
      lastused: MOMENT,
    },
  },
};
