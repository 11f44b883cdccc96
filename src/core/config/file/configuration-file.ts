import { name, origin } from './scalar-shapes.js';
import { object, optional, optionalWith, required, type ShapeType } from './shape.js';
import { administrators } from './sections/administrators.js';
import { agents, applications, realms } from './sections/applications.js';
import { consumers } from './sections/consumers.js';
import { directories } from './sections/directories.js';
import { domains } from './sections/domains.js';
import { mail } from './sections/mail.js';
import { pki } from './sections/pki.js';
import { policies } from './sections/policies.js';
import { products } from './sections/products.js';
import { settings } from './sections/settings.js';
import { sms } from './sections/sms.js';
import { webPush } from './sections/web-push.js';

const server = object({
  settings: optionalWith(
    settings('server'),
    {},
    'Settings of the server; a domain may override those of scope `domain`.',
  ),
});

/** The whole configuration file. */
export const configurationFile = object({
  publicUrl: required(origin(), 'Base of every link that people get. Links never come from a request’s `Host`.'),
  defaultDomain: optional(name(), 'Domain used when a call names none.'),
  server: optionalWith(server, { settings: {} }, 'What holds for the whole server.'),
  mail: optionalWith(mail, { profiles: [], accounts: [] }, 'How mail leaves.'),
  sms: optionalWith(sms, { gateways: [] }, 'How SMS leave.'),
  pki: optional(pki, 'Who signs people’s certificates; without it none are issued.'),
  webPush: optional(webPush, 'Keys with which push devices are woken; without them a device looks by itself.'),
  directories: optionalWith(directories, [], 'Where people and passwords live.'),
  domains: optionalWith(domains, [], 'Named populations of people.'),
  administrators: optionalWith(administrators, [], 'People who hold a role.'),
  consumers: optionalWith(consumers, [], 'OAuth 1.0a consumers of the user requests.'),
  realms: optionalWith(realms, [], 'Groups of domains that share applications.'),
  applications: optionalWith(applications, [], 'What people log on to.'),
  agents: optionalWith(agents, [], 'Servers that call the authentication methods.'),
  products: optionalWith(products, [], 'Kinds of tokens.'),
  policies: optionalWith(policies, [], 'Options by category.'),
});

/** The configuration file, checked and frozen. Secrets are in it in plain; it is never logged or stored as it is. */
export type ConfigurationFile = ShapeType<typeof configurationFile>;
