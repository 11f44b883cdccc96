import { DESK_ADMINISTRATOR, DESK_DOMAIN } from '../support/help-desk.js';

export const OLD_PASSWORD = 'Old harbour 21';
export const NEW_PASSWORD = 'Lake under 7 stars';

/** A domain with two people, whose links the administrator of the help desk sends. */
export const CONFIGURATION = `
publicUrl: http://127.0.0.1:\${PORT}
defaultDomain: ACME
domains:${DESK_DOMAIN}
  - name: ACME
    users:
      - { login: jane, name: Jane Doe, email: jane@acme.test, mobile: "+35226000001", password: ${OLD_PASSWORD} }
      - { login: john, name: John, email: john@acme.test, mobile: "+35226000002", password: ${OLD_PASSWORD} }
administrators:${DESK_ADMINISTRATOR}
`;
