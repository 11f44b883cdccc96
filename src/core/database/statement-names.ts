import { createHash } from 'node:crypto';

/** Times that a statement is asked before it gets a name: what comes seldom is not worth memory in each connection. */
const WORTH_A_NAME = 5;

/** Statements with a name, at most; each takes some 20 KiB in each connection of PostgreSQL that has met it. */
const MOST_NAMES = 500;

/** Texts that are counted at the same time; the memory of those without a name begins anew beyond it. */
const MOST_COUNTED = 4_000;

/**
 * Which statements of a data source have a name, by which PostgreSQL keeps them read and planned for each connection. A
 * name is made of the text, so that two versions of the server never mean different things by one name.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private generation = 0;

  /** The name of `text`, if it has been asked often enough for one. */
  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= MOST_NAMES) return undefined;
    const asked = (this.counts.get(text) ?? 0) + 1;
    if (asked >= WORTH_A_NAME) return this.give(text);
    if (this.counts.size >= MOST_COUNTED) this.counts.clear();
    this.counts.set(text, asked);
    return undefined;
  }

  /** The name of `text`, from the first time on. */
  give(text: string): string {
    let name = this.names.get(text);
    if (name === undefined) {
      name = `latchkey_${this.generation}_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
      this.names.set(text, name);
      this.counts.delete(text);
    }
    return name;
  }

  /** Gives every statement another name, because what connections keep by the ones there are is outdated. */
  renew(): void {
    this.generation++;
    this.names.clear();
  }
}
