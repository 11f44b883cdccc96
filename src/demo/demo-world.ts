/**
 * The world that the embedded mode starts with, so that the published samples of every surface work as they stand. It
 * is a configuration file like any other. Its passwords and secrets are public; real mode refuses them.
 */
export const DEMO_WORLD = `
publicUrl: http://127.0.0.1:\${PORT}
defaultDomain: RCDEVSDOCS

server:
  settings:
    self_register_mode: poll

domains:
  - name: RCDEVSDOCS
    users:
      - { login: Jane Doe, name: Jane Doe, firstName: Jane, lastName: Doe, email: jane.doe@example.test, mobile: "+35226000001", password: correct horse 1 }
      - { login: john, name: John, email: john@example.test, mobile: "+35226000002", password: correct horse 2 }
      - { login: administrator, name: Administrator, email: administrator@example.test, password: password }
  - name: pbx.era-platform.ru
    settings:
      self_register_allowed: true
      self_register_template: { opts: { roles: [user] } }
      pwd_policy: { min_length: 8, classes: 1, not_login: true, history: 0 }
  - name: domain 1
    users:
      - { login: username1, name: User One, firstName: User, lastName: One, email: username1@example.test, password: correct horse 3 }
      - { login: manager1, name: Manager One, firstName: Manager, lastName: One, email: manager1@example.test, password: correct horse 4 }

administrators:
  - { domain: RCDEVSDOCS, login: administrator, role: global-admin }
  - { domain: domain 1, login: manager1, role: domain-admin }

consumers:
  - domain: domain 1
    key: myConsumer
    secret: mySecret
    xauth: true
    tokens:
      - { token: mh7an9dkrg59, secret: b9q1n5il4lcc, login: manager1 }

realms:
  - { name: demo, domains: [RCDEVSDOCS, domain 1] }

applications:
  - id: aid1
    name: application 1
    realm: demo
    logonProcedure:
      type: Web SSO
      steps:
        - { name: step 1, authenticators: [SPASS] }
        - { name: step 2, authenticators: [OTP, OTPoD, OOBA, GRID, FIDO] }
  - id: aid2
    name: application 2
    realm: demo
    logonProcedure:
      type: Web SSO
      steps:
        - { name: step 1, authenticators: [OTP, OTPoD] }

agents:
  - { name: demo-agent, applications: [application 1, application 2], clientId: demo-agent, clientSecret: demo-agent-secret }

products:
  - { name: Demo TOTP, manufacturerCode: DN, productCode: STE, method: OTP, functions: [OTP], algorithm: TOTP, digits: 6, timer: 30, hash: SHA1 }
  - { name: Demo grid card, manufacturerCode: DN, productCode: GC, method: GridCard, functions: [GRID] }
`;
