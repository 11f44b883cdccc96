/** Where a command writes. Injected, so that tests read it. */
export abstract class Terminal {
  /** Results, for people and for pipes. */
  abstract print(line: string): void;

  /** What went wrong. */
  abstract complain(line: string): void;
}

export class ProcessTerminal extends Terminal {
  print(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  complain(line: string): void {
    process.stderr.write(`${line}\n`);
  }
}
