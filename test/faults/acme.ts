import { DESK_ADMINISTRATOR, DESK_DOMAIN } from '../support/help-desk.js';

export const OLD_PASSWORD = 'Old harbour 21';
export const NEW_PASSWORD = 'Lake under 7 stars';

interface Parts {
  /** Settings of the server. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** URL of a mail relay. */
  readonly relay?: string;
  /** URL of an SMS gateway. */
  readonly gateway?: string;
  readonly publicUrl?: string;
}

/** A domain with two people, whose links the administrator of the help desk sends. */
export function acme({ settings = {}, relay, gateway, publicUrl = 'http://127.0.0.1:${PORT}' }: Parts = {}): string {
  const mail = {
    profiles: [{ name: 'relay', url: relay }],
    accounts: [{ name: 'system', profile: 'relay', address: 'no-reply@acme.test', isSystem: true }],
  };
  // JSON is YAML too.
  return `
publicUrl: ${publicUrl}
defaultDomain: ACME
server: { settings: ${JSON.stringify(settings)} }
${relay === undefined ? '' : `mail: ${JSON.stringify(mail)}`}
${gateway === undefined ? '' : `sms: { gateways: [{ name: main, kind: http, url: "${gateway}" }] }`}
domains:${DESK_DOMAIN}
  - name: ACME
    settings: { link_sends_per_person_per_hour: 5 }
    users:
      - { login: jane, name: Jane Doe, email: jane@acme.test, mobile: "+35226000001", password: ${OLD_PASSWORD} }
      - { login: john, name: John, email: john@acme.test, mobile: "+35226000002", password: ${OLD_PASSWORD} }
administrators:${DESK_ADMINISTRATOR}
`;
}
