import type { UserDeclaration } from '../../config/file/sections/domains.js';
import type { PasswordHash } from '../../crypto/secret-types.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { Tx } from '../../database/database.js';
import type { CurrentState, DomainUse } from './current-state.js';
import type { DesiredState } from './desired-state.js';

/** What happens to one thing. `keep` is what the file does not name and nobody asked to delete. */
export type Action = 'create' | 'update' | 'delete' | 'keep';

/** One line of the plan. */
export interface Step {
  readonly action: Action;
  /** What it is, e.g. `domain RCDEVSDOCS`. Never a secret. */
  readonly subject: string;
  /** What changes, e.g. `directory builtin -> corp`. Never a secret. */
  readonly details: readonly string[];
  /** Carries the step out. Absent where nothing is written. */
  readonly write?: (tx: Tx) => Promise<void>;
}

/** What planning may look at; it writes nothing. */
export interface PlanInput {
  readonly desired: DesiredState;
  readonly current: CurrentState;
  /** Whether what the file does not name is deleted. */
  readonly prune: boolean;
  readonly keyRing: KeyRing;
  readonly now: Date;
  /** How much hangs on each domain that the file does not name, by its id. */
  readonly use: ReadonlyMap<string, DomainUse>;
  /** Ids of the domains of the file by folded name, old and new ones. */
  readonly domainIds: ReadonlyMap<string, string>;
  /** The hash of a person's first password, null for a person without one. Each person's has a salt of its own. */
  readonly hashOf: (person: UserDeclaration) => Promise<PasswordHash | null>;
}

/** What applying a file does, or did. */
export interface Plan {
  readonly steps: readonly Step[];
}

/** The steps that change something. */
export function changes(plan: Plan): readonly Step[] {
  return plan.steps.filter(({ action }) => action !== 'keep');
}

/** `old -> new`, as JSON and cut to a length that a line can hold. */
export function turned(from: unknown, to: unknown): string {
  return `${shown(from)} -> ${shown(to)}`;
}

export function shown(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
