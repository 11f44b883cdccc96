import type { SchemaObject } from '@nestjs/swagger';

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const STATUS_WORD: SchemaObject = { type: 'string', enum: ['Ok', 'Invalid'] };

function allOf(properties: Record<string, SchemaObject>): SchemaObject {
  return { type: 'object', required: Object.keys(properties), properties };
}

/** Result of `Server_Status`; `servers`, `webapps` and `websrvs` only where they were asked for. */
export const SERVER_STATUS_RESULT: SchemaObject = {
  type: 'object',
  required: ['version', 'status'],
  properties: {
    version: TEXT,
    status: { ...FLAG, description: 'Whether database, migrations and every directory answer.' },
    servers: allOf({
      ldap: { ...FLAG, description: 'Every directory answers.' },
      sql: { ...FLAG, description: 'The database answers and has the tables of this version.' },
      session: { ...FLAG, description: 'As `sql`: sessions are in the database.' },
      pki: { ...FLAG, description: 'An authority that issues certificates is configured.' },
      mail: { ...FLAG, description: 'A mail account is declared.' },
    }),
    webapps: { type: 'object', additionalProperties: allOf({ version: TEXT, status: STATUS_WORD }) },
    websrvs: {
      type: 'object',
      additionalProperties: allOf({ version: TEXT, status: STATUS_WORD, license: STATUS_WORD }),
    },
  },
};

/** Result of `Get_Event_Logs`. */
export const EVENT_LOGS_RESULT: SchemaObject = {
  type: 'array',
  items: allOf({
    time: { ...TEXT, description: '`YYYY-MM-DD HH:MM:SS`, UTC.' },
    client: { ...TEXT, description: 'Who did it.' },
    dn: { ...TEXT, description: 'To whom.' },
    host: { ...TEXT, description: 'Name of the server.' },
    session: { ...TEXT, description: 'The one-time request, or else the HTTP request.' },
    source: { ...TEXT, description: 'Address that it came from.' },
    text: { ...TEXT, description: 'What happened, and how it ended.' },
  }),
};
