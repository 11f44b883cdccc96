import { Readable } from 'node:stream';
import { runCommandLine } from '../../src/cli/run-command-line.js';
import { Terminal } from '../../src/cli/terminal.js';
import { TEST_MASTER_KEYS } from '../support/latchkey-process.js';
import { privateDatabase } from '../support/private-database.js';

/** How a command ended, and what it said. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

class RecordingTerminal extends Terminal {
  readonly out: string[] = [];
  readonly err: string[] = [];

  constructor(private readonly piped: string) {
    super();
  }

  override input(): AsyncIterable<Uint8Array> {
    return Readable.from([Buffer.from(this.piped)]);
  }

  print(line: string): void {
    this.out.push(line);
  }

  complain(line: string): void {
    this.err.push(line);
  }
}

/** Runs `latchkey` in this process with these arguments, this environment and this standard input. */
export async function latchkey(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  piped = '',
): Promise<CommandResult> {
  const terminal = new RecordingTerminal(piped);
  const code = await runCommandLine(args, terminal, { LATCHKEY_LOG_LEVEL: 'silent', ...variables });
  return { code, out: terminal.out.join('\n'), err: terminal.err.join('\n') };
}

/** A PostgreSQL database of one's own, empty or migrated, as the environment of a command names it. */
export async function emptyDatabase(
  contents: 'nothing' | 'tables' = 'nothing',
): Promise<{ variables: Record<string, string>; drop(): Promise<void> }> {
  const { url, drop } = await privateDatabase(contents);
  return { variables: { DATABASE_URL: url, LATCHKEY_MASTER_KEYS: TEST_MASTER_KEYS }, drop };
}
