import { Command } from 'nest-commander';
import type { Environment } from '../core/config/environment.js';
import { isDatabaseGone, sqlState } from '../core/database/database.js';
import type { Finding } from '../core/directory/directory.js';
import { Configuration } from '../core/domains/configuration.js';
import { CommandLine } from './command-line.js';
import { configurationExaminations } from './doctor/configuration-examinations.js';
import { databaseExaminations } from './doctor/database-examinations.js';
import { deliveryExaminations } from './doctor/delivery-examinations.js';
import { bad, findings, line } from './doctor/examination.js';
import { CommandFailed } from './exit-code.js';
import { LatchkeyCommand } from './latchkey-command.js';
import { Terminal } from './terminal.js';
import { onWorkbench } from './workbench.js';

@Command({
  name: 'doctor',
  description: 'Look at everything the server needs, and say in one line each what is right or wrong',
})
export class DoctorCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    let wrong = 0;
    const report = (found: readonly Finding[]) => {
      for (const finding of found) {
        if (!finding.ok) wrong += 1;
        this.terminal.print(line(finding));
      }
    };
    await this.examine(this.commandLine.environment(), report);
    if (wrong > 0) throw new CommandFailed(wrong === 1 ? 'one thing is wrong' : `${wrong} things are wrong`);
  }

  private async examine(environment: Environment, report: (found: readonly Finding[]) => void): Promise<void> {
    try {
      await onWorkbench(environment, async (workbench) => {
        for (const examination of databaseExaminations(workbench)) report(await findings(examination));
        const configuration = workbench.get(Configuration);
        const snapshot = await configuration.snapshot().catch(() => undefined);
        if (!snapshot) return report([bad('configuration', 'cannot be read; see above.')]);
        for (const examination of [
          ...configurationExaminations(workbench, snapshot),
          ...deliveryExaminations(environment, snapshot),
        ]) {
          report(await findings(examination));
        }
      });
    } catch (error) {
      if (!isDatabaseGone(error) && sqlState(error) === undefined) throw error;
      report([
        bad('database', `Cannot be used (${sqlState(error) ?? 'no answer'}); check DATABASE_URL and the server.`),
      ]);
    }
  }
}
