// The registry of settings is complete once the whole house is loaded.
import '../../app.module.js';
import { declaredSettings } from '../../core/settings/setting.js';
import { ENVIRONMENT_VARIABLES } from './environment-variables.js';
import { fileReference } from './file-reference.js';
import { markdownTable } from './markdown.js';
import { policyReference } from './policy-reference.js';

/** `docs/configuration.md`, made from the declarations. */
export function configurationReference(): string {
  return `${[
    '# Configuration',
    'This page is made from the declarations in the code by `npm run docs`; do not edit it.',
    'The server takes where it runs from the environment, and everything else from a configuration file that ' +
      '`latchkey apply FILE` writes into the database. The plan is printed first; `--dry-run` only prints it, and nothing is deleted without ' +
      '`--prune`. `${NAME}` in a value is taken from the environment; `$${` stands for the characters `${`. ' +
      'Unknown keys, wrong values and references to things that are not declared are refused with file, line and key.',
    '## Environment',
    markdownTable(
      ['Variable', 'Value', 'Default', 'Meaning'],
      ENVIRONMENT_VARIABLES.map(({ name, values, fallback, meaning }) => [`\`${name}\``, values, fallback, meaning]),
    ),
    '## Configuration file',
    ...fileReference(),
    '## Options of policies',
    'Of the enabled policies of a category the nearest holder’s is in force: person, group, unit, domain, server; bound to ' +
      'the application before bound to none, then the higher priority. Its options come before settings, settings before ' +
      'defaults. Values are texts, in quotes.',
    ...policyReference(),
    '## Settings',
    'Settings of scope `domain` may be given for the server (`server.settings`) and for a domain (`domains[].settings`); ' +
      'the nearest value wins. Those of scope `server` hold for the whole server.',
    markdownTable(
      ['Setting', 'Scope', 'Value', 'Default', 'Meaning'],
      declaredSettings().map(({ name, scope, values, default: fallback, meaning }) => [
        `\`${name}\``,
        scope,
        values,
        `\`${JSON.stringify(fallback)}\``,
        meaning,
      ]),
    ),
  ].join('\n\n')}\n`;
}
