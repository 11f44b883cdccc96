import type { INestApplicationContext } from '@nestjs/common';
import { managerAuth, managerClients } from '../../core/administrators/manager-settings.js';
import { Environment } from '../../core/config/environment.js';
import { Directories } from '../../core/directory/directories.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { startupProblems } from '../../core/domains/startup-problems.js';
import { bad, type Examination, good, warning } from './examination.js';

export function configurationExaminations(
  workbench: INestApplicationContext,
  snapshot: ConfigurationSnapshot,
): Examination[] {
  return [
    {
      subject: 'configuration',
      examine: async () => {
        const current = await workbench.get(Configuration).snapshot();
        const problems = startupProblems(workbench.get(Environment), current);
        if (problems.length === 0) return [good('configuration', 'Nothing in it keeps the server from starting.')];
        return problems.map(({ where, problem }) => bad(`configuration: ${where}`, problem));
      },
    },
    { subject: 'call interface', examine: async () => [examineCallers(workbench.get(Environment), snapshot)] },
    ...oneForEachDirectory(snapshot.domains).map((domain) => directoryExamination(workbench.get(Directories), domain)),
  ];
}

/** Whether strangers can try administrators' passwords at all. */
function examineCallers({ embedded }: Environment, snapshot: ConfigurationSnapshot) {
  const subject = 'call interface';
  if (embedded) return good(subject, 'The embedded mode is called from this machine only.');
  if (snapshot.setting(managerClients).length > 0)
    return good(subject, 'Only the addresses in manager_clients may call.');
  if (snapshot.setting(managerAuth) === 'PKI')
    return good(subject, 'Every call needs the certificate of its administrator.');
  return warning(
    subject,
    'Anybody may try the passwords of administrators; name the addresses of your portals in manager_clients.',
  );
}

/** A declared directory is looked at once, however many domains live in it. */
function oneForEachDirectory(domains: readonly Domain[]): Domain[] {
  const seen = new Set<string>();
  return domains.filter(({ directory }) => {
    const first = directory === 'builtin' || !seen.has(directory);
    seen.add(directory);
    return first;
  });
}

function directoryExamination(directories: Directories, domain: Domain): Examination {
  return {
    subject: `directory of ${domain.name}`,
    examine: async () => (await directories.for(domain)).examine(),
  };
}
