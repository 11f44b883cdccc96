import { Command, Option } from 'nest-commander';
import { declaredSettings } from '../core/settings/setting.js';
import { configurationReference } from './reference/configuration-reference.js';
import { LatchkeyCommand } from './latchkey-command.js';
import { Terminal } from './terminal.js';

@Command({ name: 'settings', description: 'List the settings with their possible values and defaults' })
export class SettingsCommand extends LatchkeyCommand {
  constructor(private readonly terminal: Terminal) {
    super();
  }

  override async run(_parameters: string[], { markdown = false }: { markdown?: boolean } = {}): Promise<void> {
    if (markdown) return this.terminal.print(configurationReference());
    for (const { name, scope, values, default: fallback, meaning } of declaredSettings()) {
      this.terminal.print(`${name} (${scope}): ${values}; default ${JSON.stringify(fallback)}`);
      this.terminal.print(`    ${meaning}`);
    }
  }

  @Option({ flags: '--markdown', description: 'Print the whole configuration reference, docs/configuration.md' })
  markdown(): boolean {
    return true;
  }
}
