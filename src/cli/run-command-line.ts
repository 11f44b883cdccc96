import { type DynamicModule, Module } from '@nestjs/common';
import { CommandFactory, CommandRunnerService, InjectCommander } from 'nest-commander';
import { ConfigurationError } from '../core/config/configuration-error.js';
import { isDatabaseGone } from '../core/database/database.js';
import { ApplyCommand } from './apply.command.js';
import { CommandLine } from './command-line.js';
import { DoctorCommand } from './doctor.command.js';
import { CommandFailed, EXIT } from './exit-code.js';
import { KEY_COMMANDS } from './keys/key-commands.js';
import { MigrateCommand } from './migrate.command.js';
import { ServeCommand } from './serve.command.js';
import { SettingsCommand } from './settings.command.js';
import { Terminal } from './terminal.js';
import { TOKEN_COMMANDS } from './tokens/token-commands.js';
import { WhyCommand } from './why.command.js';

type Commander = Parameters<ServeCommand['setCommand']>[0];

@Module({
  providers: [
    ServeCommand,
    MigrateCommand,
    ApplyCommand,
    DoctorCommand,
    SettingsCommand,
    WhyCommand,
    ...TOKEN_COMMANDS,
    ...KEY_COMMANDS,
  ],
})
class CommandsModule {
  constructor(@InjectCommander() commander: Commander) {
    commander.showHelpAfterError().name('latchkey').description('Lets people back in, and keeps everyone else out.');
  }

  static with(terminal: Terminal, variables: CommandLine['variables']): DynamicModule {
    return {
      module: CommandsModule,
      providers: [
        { provide: Terminal, useValue: terminal },
        { provide: CommandLine, useValue: new CommandLine(variables) },
      ],
    };
  }
}

/**
 * Runs `latchkey` with these arguments.
 *
 * @param args what follows the program's name
 * @returns the exit code; see {@link EXIT}
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  variables: CommandLine['variables'],
): Promise<number> {
  try {
    const application = await CommandFactory.createWithoutRunning(CommandsModule.with(terminal, variables), {
      logger: false,
      errorHandler: rethrow,
      serviceErrorHandler: rethrow,
      outputConfiguration: {
        writeOut: (text) => terminal.print(text.trimEnd()),
        writeErr: (text) => terminal.complain(text.trimEnd()),
      },
    });
    await application.get(CommandRunnerService).run(['node', 'latchkey', ...args]);
    return EXIT.ok;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  const { code, exitCode } = error as { code?: unknown; exitCode?: unknown };
  // The parser has already written its text: help that was asked for, or what is wrong with the call.
  if (typeof code === 'string' && code.startsWith('commander.')) {
    return exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  if (error instanceof ConfigurationError || error instanceof CommandFailed) terminal.complain(error.message);
  else if (isDatabaseGone(error))
    terminal.complain('the database cannot be reached; check DATABASE_URL and the server');
  else terminal.complain(error instanceof Error ? (error.stack ?? error.message) : 'an unknown failure');
  return EXIT.problem;
}

function rethrow(error: Error): never {
  throw error;
}
