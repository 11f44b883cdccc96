import { isDatabaseGone } from './database-errors.js';

/** Calls with one key, in the order they came. They are answered by one row of a combined statement. */
export type CallGroup<Call> = readonly [Call, ...Call[]];

/** How calls that come at the same time are made one statement. */
export interface Combination<Call, Outcome> {
  /**
   * What a call is about, e.g. the row that it writes: calls with one key are never under way at once, because a statement
   * may not touch a row twice. Absent where calls never meet.
   */
  readonly keyOf?: (call: Call) => string;
  /** Whether a call may share the row of another with the same key; never when absent. */
  readonly alike?: (call: Call, first: Call) => boolean;
  /**
   * Answers many at once, in one statement.
   *
   * @returns for each group the outcome of each of its calls, in their order; undefined for a group that has to go alone,
   *   e.g. because somebody else holds its row and the others must not wait for that
   */
  together(groups: readonly CallGroup<Call>[]): Promise<readonly (readonly Outcome[] | undefined)[]>;
  /** Answers one by itself. */
  alone(call: Call): Promise<Outcome>;
}

export interface CombinationSize {
  /** Statements under way at once. */
  readonly atOnce: number;
  /** Groups in one statement. */
  readonly most: number;
}

interface Waiting<Call, Outcome> {
  readonly call: Call;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Those who wait for one key; the first of them stands in the line. */
interface Queue<Call, Outcome> {
  readonly key: string | undefined;
  readonly waiting: Waiting<Call, Outcome>[];
}

/** A group on its way, with the queue it was taken from. */
interface Departed<Call, Outcome> {
  readonly queue: Queue<Call, Outcome>;
  readonly group: [Waiting<Call, Outcome>, ...Waiting<Call, Outcome>[]];
}

/**
 * Combines calls: while a statement is under way, those that arrive wait in line and go together in the next one. Nobody
 * is delayed on purpose: a call that comes alone goes alone, with the end of the event loop's turn. What a commit costs is
 * so shared by as many as come meanwhile.
 *
 * Each call gets its own outcome. When a statement fails, its calls are made again one by one, so that an error reaches
 * only the call that causes it; but when the database is away it is away for all of them.
 */
export class CombinedCalls<Call, Outcome> {
  private readonly line: Queue<Call, Outcome>[] = [];
  /** By key: who waits, or is under way and may be followed. */
  private readonly queues = new Map<string, Queue<Call, Outcome>>();
  private underWay = 0;
  private scheduled = false;

  constructor(
    private readonly combination: Combination<Call, Outcome>,
    private readonly size: CombinationSize,
  ) {}

  /** The outcome of `call`. @throws what the statement throws for this call */
  run(call: Call): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.enter({ call, resolve, reject });
      this.schedule();
    });
  }

  private enter(newcomer: Waiting<Call, Outcome>): void {
    const key = this.combination.keyOf?.(newcomer.call);
    const present = key === undefined ? undefined : this.queues.get(key);
    if (present) {
      present.waiting.push(newcomer);
      return;
    }
    const queue = { key, waiting: [newcomer] };
    if (key !== undefined) this.queues.set(key, queue);
    this.line.push(queue);
  }

  /** Those whose requests were read in the same turn of the event loop go together. */
  private schedule(): void {
    if (this.scheduled || this.line.length === 0 || this.underWay >= this.size.atOnce) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.depart();
    });
  }

  private async depart(): Promise<void> {
    const departed = this.line.splice(0, this.size.most).map((queue) => this.take(queue));
    if (departed.length === 0) return;
    this.underWay += 1;
    this.schedule();
    const answered = await this.answerTogether(departed);
    this.underWay -= 1;
    this.schedule();
    for (const each of departed) if (!answered.has(each)) void this.answerAlone(each);
  }

  /** @returns those that were answered */
  private async answerTogether(departed: readonly Departed<Call, Outcome>[]): Promise<Set<Departed<Call, Outcome>>> {
    const answered = new Set<Departed<Call, Outcome>>();
    try {
      const outcomes = await this.combination.together(departed.map(({ group }) => callsOf(group)));
      for (const [place, each] of departed.entries()) {
        const own = outcomes[place];
        if (own?.length !== each.group.length) continue;
        for (const [turn, { resolve }] of each.group.entries()) resolve(own[turn] as Outcome);
        answered.add(each);
      }
    } catch (error) {
      if (!isDatabaseGone(error)) return answered;
      for (const each of departed) {
        for (const { reject } of each.group) reject(error);
        answered.add(each);
      }
    }
    for (const { queue } of answered) this.goOn(queue);
    return answered;
  }

  private async answerAlone({ queue, group }: Departed<Call, Outcome>): Promise<void> {
    for (const { call, resolve, reject } of group) {
      try {
        resolve(await this.combination.alone(call));
      } catch (error) {
        reject(error);
      }
    }
    this.goOn(queue);
    this.schedule();
  }

  /** The first of a queue, and those behind who may share its row. */
  private take(queue: Queue<Call, Outcome>): Departed<Call, Outcome> {
    const [first, ...others] = queue.waiting.splice(0) as [Waiting<Call, Outcome>, ...Waiting<Call, Outcome>[]];
    const { alike } = this.combination;
    const group: Departed<Call, Outcome>['group'] = [first];
    for (const other of others) (alike?.(other.call, first.call) ? group : queue.waiting).push(other);
    return { queue, group };
  }

  /** Lets the next with the same key stand in line. */
  private goOn(queue: Queue<Call, Outcome>): void {
    if (queue.waiting.length > 0) this.line.push(queue);
    else if (queue.key !== undefined) this.queues.delete(queue.key);
  }
}

function callsOf<Call, Outcome>([first, ...others]: Departed<Call, Outcome>['group']): CallGroup<Call> {
  return [first.call, ...others.map(({ call }) => call)];
}
