import { managerAuth } from '../administrators/manager-settings.js';
import type { ConfigurationProblem } from '../config/configuration-error.js';
import type { Environment } from '../config/environment.js';
import type { ConfigurationSnapshot, Declared } from './configuration.js';
import type { DeclaredKind } from './declared-object.entity.js';
import { isWellKnown } from './well-known-secrets.js';

/** Things whose secret opens this server, as opposed to those that open others' doors to us. */
const SECRETS_OF_CALLERS = ['consumer', 'agent'] as const satisfies readonly DeclaredKind[];

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Why the server must not start with this configuration. Names the setting, never its value. The embedded mode, which
 * only this machine reaches, is let off what protects against others.
 */
export function startupProblems(environment: Environment, snapshot: ConfigurationSnapshot): ConfigurationProblem[] {
  return [
    ...clientCertificateProblems(environment, snapshot),
    ...(environment.embedded ? [] : [...publicUrlProblems(snapshot), ...secretProblems(snapshot)]),
  ];
}

function clientCertificateProblems({ tls }: Environment, snapshot: ConfigurationSnapshot): ConfigurationProblem[] {
  if (snapshot.setting(managerAuth) !== 'PKI' || tls?.clientCa) return [];
  const problem = 'required with manager_auth: PKI, to tell whose client certificates are believed';
  return [{ where: 'LATCHKEY_TLS_CLIENT_CA', problem }];
}

function publicUrlProblems({ publicUrl }: ConfigurationSnapshot): ConfigurationProblem[] {
  if (publicUrl === undefined) {
    return [{ where: 'publicUrl', problem: 'no configuration was applied yet; run: latchkey apply FILE' }];
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || LOOPBACK.has(hostname)) return [];
  return [{ where: 'publicUrl', problem: 'must start with https://, links carry secrets' }];
}

function secretProblems(snapshot: ConfigurationSnapshot): ConfigurationProblem[] {
  return SECRETS_OF_CALLERS.flatMap((kind) =>
    snapshot.declared(kind).flatMap((declared) =>
      Object.entries(declared.secrets)
        .filter(([, secret]) => isWellKnown(secret))
        .map(([path]) => wellKnown(kind, declared, path)),
    ),
  );
}

function wellKnown(kind: DeclaredKind, { name }: Declared, path: string): ConfigurationProblem {
  return { where: `${kind.replace('-', ' ')} ${name}: ${path}`, problem: 'is a secret that everybody knows' };
}
