/** Where a command writes, and reads what is piped into it. Injected, so that tests read it. */
export abstract class Terminal {
  /** Results, for people and for pipes. */
  abstract print(line: string): void;

  /** What went wrong. */
  abstract complain(line: string): void;

  /** How far the work is: one line, overwritten by the next. Shown only where somebody watches; undefined takes it away. */
  progress(_line: string | undefined): void {
    // Nobody watches a pipe.
  }

  /** Standard input. */
  input(): AsyncIterable<Uint8Array> {
    return process.stdin;
  }
}

/** Back to the beginning of the line, and everything on it away (ECMA-48, EL). */
const CLEAR_LINE = '\r\u001b[K';

export class ProcessTerminal extends Terminal {
  private shown = false;

  print(line: string): void {
    this.progress(undefined);
    process.stdout.write(`${line}\n`);
  }

  complain(line: string): void {
    this.progress(undefined);
    process.stderr.write(`${line}\n`);
  }

  override progress(line: string | undefined): void {
    if (!process.stderr.isTTY || (line === undefined && !this.shown)) return;
    this.shown = line !== undefined;
    process.stderr.write(`${CLEAR_LINE}${line?.slice(0, process.stderr.columns - 1) ?? ''}`);
  }
}
