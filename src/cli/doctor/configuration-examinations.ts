import type { INestApplicationContext } from '@nestjs/common';
import { Environment } from '../../core/config/environment.js';
import { Directories } from '../../core/directory/directories.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { startupProblems } from '../../core/domains/startup-problems.js';
import { bad, type Examination, good } from './examination.js';

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
    ...oneForEachDirectory(snapshot.domains).map((domain) => directoryExamination(workbench.get(Directories), domain)),
  ];
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
