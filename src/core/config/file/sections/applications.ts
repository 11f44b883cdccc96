import { AGENT_PERMISSIONS, API_AGENT } from '../../../domains/agent-permissions.js';
import { boolean, matching, name, network, secret, text, word } from '../scalar-shapes.js';
import { list, object, optional, optionalWith, required, type ShapeType } from '../shape.js';

/** Authenticator codes of the first release (authentication methods, section 5); `PIN` is ours. */
const AUTHENTICATORS = ['SPASS', 'OTP', 'OTPoD', 'OOBA', 'GRID', 'GRIDGO', 'FIDO', 'EMCODE', 'QNA', 'PIN'] as const;

const realm = object({
  name: required(name(), 'Name of the realm; applications refer to it.'),
  domains: required(list(name(), { min: 1 }), 'Domains whose people may use the realm’s applications.'),
});

const step = object({
  name: required(name(), 'Name of the step.'),
  description: optional(text(), 'Shown to operators.'),
  authenticators: required(
    list(word(AUTHENTICATORS), { min: 1 }),
    'What may be presented in this step; one of them is enough.',
  ),
  challengResponse: optionalWith(
    boolean(),
    false,
    'Whether a challenge is fetched before the step (spelt as on the wire).',
  ),
  checkStaticPass: optionalWith(boolean(), true, 'Whether a static password is checked against the directory.'),
});

const logonProcedure = object({
  type: required(word(['Web SSO']), 'Kind of the procedure.'),
  steps: optionalWith(list(step, { max: 10 }), [], 'Steps in their order.'),
});

const application = object({
  id: optional(
    matching(/^[A-Za-z0-9._:#-]{1,128}$/, '1 to 128 letters, digits and . _ : # -'),
    'Identifier on the wire; made when absent, and kept.',
  ),
  name: required(name(), 'Name of the application.'),
  description: optional(text(), 'Shown to operators.'),
  realm: optional(name(), 'Realm that may use it; without one nobody may.'),
  logonProcedure: optional(logonProcedure, 'How people log on to it; without one nobody can.'),
});

const agent = object({
  name: required(name(), 'Name of the agent.'),
  description: optional(text(), 'Shown to operators.'),
  applications: required(list(name()), 'Applications that the agent is published on.'),
  clientId: required(
    matching(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters'),
    'OAuth 2.0 client identifier; unique on the server.',
  ),
  clientSecret: required(secret(), 'OAuth 2.0 client secret; stored sealed.'),
  addresses: optionalWith(list(network()), [], 'Addresses that the agent may call from; empty means any.'),
  certificates: optionalWith(
    list(matching(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case'), { max: 100 }),
    [],
    'SHA-256 of the client certificates that the agent may show, issued under LATCHKEY_TLS_CLIENT_CA.',
  ),
  permissions: optionalWith(
    list(word(AGENT_PERMISSIONS)),
    API_AGENT,
    `What the agent may do; without this key it has the role API Agent: everything but export-keys.`,
  ),
  enabled: optionalWith(boolean(), true, 'A disabled agent is refused, its tokens included.'),
});

export const realms = list(realm);
export const applications = list(application);
export const agents = list(agent);

export type RealmDeclaration = ShapeType<typeof realm>;
export type ApplicationDeclaration = ShapeType<typeof application>;
export type AgentDeclaration = ShapeType<typeof agent>;
