import { boolean, email, integer, name, text, url } from '../scalar-shapes.js';
import { list, object, optional, optionalWith, required, type ShapeType } from '../shape.js';

const profile = object({
  name: required(name(), 'Name of the profile; accounts refer to it.'),
  url: required(
    url(['smtp:', 'smtps:'], { credentials: true }),
    'The relay: `smtp://host:port`, or `smtps://` for TLS from the first byte. User and password may be part of the URL; they are stored sealed.',
  ),
  requireTls: optionalWith(boolean(), false, 'Whether a relay that offers no STARTTLS is refused.'),
  caFile: optional(
    text({ max: 4_000 }),
    'PEM file of the authority that signed the relay’s certificate; relative to the configuration file.',
  ),
  tlsRejectUnauthorized: optionalWith(boolean(), true, 'False accepts any certificate; for a lab only.'),
  connectTimeoutSeconds: optionalWith(integer(1, 120), 10, 'Seconds that the relay has to answer a connection.'),
  pooled: optionalWith(boolean(), false, 'Whether connections are kept open between mails.'),
});

const account = object({
  name: required(name(), 'Name of the account.'),
  profile: required(name(), 'Profile that the account sends through.'),
  address: required(email(), 'Sender address.'),
  fromDisplayName: optional(name(), 'Sender name shown to the receiver.'),
  replyTo: optional(email(), 'Address for answers; the sender address when absent.'),
  isSystem: optionalWith(boolean(), false, 'Whether messages of the house may be sent from this account.'),
  enabled: optionalWith(boolean(), true, 'A disabled account sends nothing.'),
});

export const mail = object({
  profiles: optionalWith(list(profile), [], 'Mail relays.'),
  accounts: optionalWith(
    list(account),
    [],
    'Sender addresses. The enabled one with `isSystem` sends, the first by name when there are several.',
  ),
});

export type MailSection = ShapeType<typeof mail>;
