import { resolve } from 'node:path';
import type { ConfigurationFile } from '../../config/file/configuration-file.js';
import { plainSecret, type PlainSecret } from '../../crypto/secret-types.js';
import type { DeclaredKind } from '../declared-object.entity.js';
import { takeSecrets } from './take-secrets.js';

/** A declared thing as it shall be stored; its secrets are not sealed yet. */
export interface DesiredObject {
  readonly kind: DeclaredKind;
  readonly name: string;
  /** Order among its kind. */
  readonly position: number;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, PlainSecret>>;
}

/** Which members are secrets, by their path in the specification. */
const SECRETS: Partial<Record<DeclaredKind, RegExp>> = {
  'sms-gateway': /^headers\../,
  directory: /^bindPassword$/,
  'certificate-authority': /^key$/,
  'web-push': /^privateKey$/,
  consumer: /^(secret|tokens\[\d+\]\.(token|secret))$/,
  agent: /^clientSecret$/,
  policy: /^options\.defaultPath$/,
};

/** Everything that the file declares and that has no table of its own, with the secrets taken out. */
export function declareObjects(file: ConfigurationFile, folder: string): DesiredObject[] {
  const inFolder = (path: string | undefined) => path && resolve(folder, path);
  return [
    ...declare('mail-profile', file.mail.profiles, (profile) => ({ ...profile, caFile: inFolder(profile.caFile) })).map(
      withoutCredentials,
    ),
    ...declare('mail-account', file.mail.accounts),
    ...declare('sms-gateway', file.sms.gateways).map(withoutCredentials),
    ...declare(
      'directory',
      file.directories.filter((directory) => directory.kind !== 'builtin'),
      (directory) => ({ ...directory, caFile: inFolder(directory.caFile) }),
    ),
    ...declare('certificate-authority', file.pki ? [{ name: 'pki', ...file.pki }] : [], (authority) => ({
      ...authority,
      certificateFile: inFolder(authority.certificateFile),
      keyFile: inFolder(authority.keyFile),
    })),
    ...declare('web-push', file.webPush ? [{ name: 'web-push', ...file.webPush }] : []),
    ...declare(
      'consumer',
      file.consumers.map(({ key, ...consumer }) => ({ name: key, ...consumer })),
    ),
    ...declare('realm', file.realms),
    ...declare('application', file.applications),
    ...declare('agent', file.agents),
    ...declare('product', file.products),
    ...declare('policy', file.policies),
  ];
}

function declare<T extends { readonly name: string }>(
  kind: DeclaredKind,
  declarations: readonly T[],
  complete: (declaration: T) => object = (declaration) => declaration,
): DesiredObject[] {
  return declarations.map((declaration, position) => {
    const { name, ...rest } = complete(declaration) as { name: string };
    const { spec, secrets } = takeSecrets(rest, (path) => SECRETS[kind]?.test(path) ?? false);
    return { kind, name, position, spec, secrets };
  });
}

/** The URL of a relay or a gateway is readable as far as it can hold no password; whole it is a secret. */
function withoutCredentials(object: DesiredObject): DesiredObject {
  const url = new URL(String(object.spec['url']));
  if (!url.username && !url.password && !url.search) return object;
  const secrets = { ...object.secrets, url: plainSecret(url.href) };
  Object.assign(url, { username: '', password: '', search: '' });
  return { ...object, spec: { ...object.spec, url: url.href }, secrets };
}
