import { passwordPolicy } from '../../directory/password-policy.js';
import type { ConfigurationFile } from './configuration-file.js';
import type { Path } from './source-node.js';

const NO_RULES =
  'must not be `directory` for the built-in directory, which has no rules of its own: any password would do. ' +
  'Leave it out for the default rules, or write an object of rules';

/** Refuses domains whose people could take any password: those that leave the rules to a directory that has none. */
export function checkPasswordPolicies(
  { server, domains }: ConfigurationFile,
  builtin: ReadonlySet<string>,
  refuse: (path: Path, problem: string) => void,
): void {
  const { name } = passwordPolicy;
  domains.forEach(({ directory, settings }, i) => {
    if (!builtin.has(directory) || (settings[name] ?? server.settings[name]) !== 'directory') return;
    if (settings[name] !== undefined) refuse(['domains', i, 'settings', name], NO_RULES);
    else refuse(['server', 'settings', name], `${NO_RULES}; domain ${i + 1} of the list has the built-in directory`);
  });
}
