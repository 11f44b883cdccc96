import { foldName } from '../../domains/fold-name.js';
import { checkPasswordPolicies } from './check-password-policies.js';
import type { ConfigurationFile } from './configuration-file.js';
import type { FileProblems } from './file-problems.js';
import type { Path, SourceNode } from './source-node.js';

type Refuse = (path: Path, problem: string) => void;

/** Checks what one part of the file says about another: names are unique, and what is referred to is declared. */
export function checkReferences(file: ConfigurationFile, top: SourceNode, problems: FileProblems): void {
  const refuse: Refuse = (path, problem) => problems.addBelow(top, path, problem);
  checkUniqueNames(file, refuse);
  checkDomains(file, refuse);

  const domains = names(file.domains);
  const applications = names(file.applications);
  const must = reference(refuse);
  if (file.defaultDomain !== undefined) must(domains, file.defaultDomain, ['defaultDomain'], 'domain');
  const profiles = names(file.mail.profiles);
  file.mail.accounts.forEach(({ profile }, i) =>
    must(profiles, profile, ['mail', 'accounts', i, 'profile'], 'mail profile'),
  );
  file.administrators.forEach(({ domain }, i) => must(domains, domain, ['administrators', i, 'domain'], 'domain'));
  file.consumers.forEach(({ domain }, i) => must(domains, domain, ['consumers', i, 'domain'], 'domain'));
  file.realms.forEach((realm, i) =>
    realm.domains.forEach((domain, k) => must(domains, domain, ['realms', i, 'domains', k], 'domain')),
  );
  const realms = names(file.realms);
  file.applications.forEach(({ realm }, i) => {
    if (realm !== undefined) must(realms, realm, ['applications', i, 'realm'], 'realm');
  });
  file.agents.forEach((agent, i) =>
    agent.applications.forEach((name, k) => must(applications, name, ['agents', i, 'applications', k], 'application')),
  );
  file.policies.forEach((policy, i) => {
    policy.applications.forEach((name, k) =>
      must(applications, name, ['policies', i, 'applications', k], 'application'),
    );
    if (policy.holder) must(domains, policy.holder.domain, ['policies', i, 'holder', 'domain'], 'domain');
  });
}

function checkUniqueNames(file: ConfigurationFile, refuse: Refuse): void {
  unique(file.mail.profiles, ['mail', 'profiles'], 'name', ({ name }) => name, refuse);
  unique(file.mail.accounts, ['mail', 'accounts'], 'name', ({ name }) => name, refuse);
  unique(file.sms.gateways, ['sms', 'gateways'], 'name', ({ name }) => name, refuse);
  unique(file.directories, ['directories'], 'name', ({ name }) => name, refuse);
  unique(file.domains, ['domains'], 'name', ({ name }) => name, refuse);
  unique(file.administrators, ['administrators'], 'login', ({ domain, login }) => `${domain}\\${login}`, refuse);
  unique(file.consumers, ['consumers'], 'key', ({ key }) => key, refuse);
  unique(file.realms, ['realms'], 'name', ({ name }) => name, refuse);
  unique(file.applications, ['applications'], 'name', ({ name }) => name, refuse);
  unique(file.applications, ['applications'], 'id', ({ id }) => id, refuse);
  unique(file.agents, ['agents'], 'name', ({ name }) => name, refuse);
  unique(file.agents, ['agents'], 'clientId', ({ clientId }) => clientId, refuse);
  checkAgentCertificates(file, refuse);
  unique(file.products, ['products'], 'name', ({ name }) => name, refuse);
  unique(file.products, ['products'], 'productCode', (p) => `${p.manufacturerCode}/${p.productCode}`, refuse);
  unique(file.policies, ['policies'], 'name', ({ name }) => name, refuse);
}

/** A certificate says who calls, so it belongs to one agent. */
function checkAgentCertificates({ agents }: ConfigurationFile, refuse: Refuse): void {
  const seen = new Set<string>();
  agents.forEach(({ certificates }, i) =>
    certificates.forEach((certificate, k) => {
      if (seen.has(certificate)) refuse(['agents', i, 'certificates', k], 'is the same as in another place');
      seen.add(certificate);
    }),
  );
}

function checkDomains(file: ConfigurationFile, refuse: Refuse): void {
  const builtin = new Set([
    'builtin',
    ...file.directories.filter(({ kind }) => kind === 'builtin').map(({ name }) => name),
  ]);
  const directories = new Set([...builtin, ...file.directories.map(({ name }) => name)]);
  file.domains.forEach((domain, i) => {
    if (!directories.has(domain.directory)) {
      refuse(['domains', i, 'directory'], 'no directory with this name is declared');
    } else if (domain.users.length > 0 && !builtin.has(domain.directory)) {
      refuse(['domains', i, 'users'], 'people can be written here for the built-in directory only');
    }
    unique(domain.users, ['domains', i, 'users'], 'login', ({ login }) => login, refuse);
  });
  checkPasswordPolicies(file, builtin, refuse);
  const fallback = file.domains.find(({ name }) => foldName(name) === foldName(file.defaultDomain ?? ''));
  if (fallback?.blocked) refuse(['defaultDomain'], 'names a blocked domain');
}

function names(declared: readonly { readonly name: string }[]): Set<string> {
  return new Set(declared.map(({ name }) => foldName(name)));
}

function reference(refuse: Refuse) {
  return (declared: Set<string>, name: string, path: Path, kind: string): void => {
    if (!declared.has(foldName(name))) refuse(path, `no ${kind} with this name is declared`);
  };
}

function unique<T>(
  list: readonly T[],
  path: Path,
  key: string,
  name: (item: T) => string | undefined,
  refuse: Refuse,
): void {
  const seen = new Map<string, number>();
  list.forEach((item, index) => {
    const written = name(item);
    if (written === undefined) return;
    const first = seen.get(foldName(written));
    if (first === undefined) seen.set(foldName(written), index);
    else refuse([...path, index, key], `is the same as in entry ${first + 1} of this list`);
  });
}
