import { Command, Option } from 'nest-commander';
import { readConfigurationFile } from '../core/config/file/read-configuration-file.js';
import { Database } from '../core/database/database.js';
import { refusePendingMigrations } from '../core/database/pending-migrations.js';
import { ApplyConfiguration, type ApplyOptions } from '../core/domains/apply/apply-configuration.js';
import { printPlan } from '../core/domains/apply/print-plan.js';
import { CommandLine } from './command-line.js';
import { LatchkeyCommand } from './latchkey-command.js';
import { Terminal } from './terminal.js';
import { onWorkbench } from './workbench.js';

@Command({
  name: 'apply',
  arguments: '<file>',
  argsDescription: { file: 'the configuration file; ${NAME} in it is taken from the environment' },
  description: 'Make the database match a configuration file; prints what changes',
})
export class ApplyCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([path = '']: string[], options: ApplyOptions = {}): Promise<void> {
    const environment = this.commandLine.environment();
    const read = await readConfigurationFile(path, this.commandLine.variables);
    const plan = await onWorkbench(environment, async (workbench) => {
      await refusePendingMigrations(workbench.get(Database).dataSource);
      return workbench.get(ApplyConfiguration).apply(read, options);
    });
    for (const line of printPlan(plan)) this.terminal.print(line);
    if (options.dryRun) this.terminal.print('nothing was written (--dry-run)');
  }

  @Option({ flags: '--dry-run', description: 'Only print the plan' })
  dryRun(): boolean {
    return true;
  }

  @Option({ flags: '--prune', description: 'Delete what the file does not name' })
  prune(): boolean {
    return true;
  }
}
