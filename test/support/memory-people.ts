import type { Group } from '../../src/core/directory/capabilities/person-groups.js';
import type { Directory, DirectoryCapabilities, Person } from '../../src/core/directory/directory.js';

/** Under which everybody is in a {@link MemoryDirectory}. */
export const MEMORY_BASE = 'dc=example,dc=test';

/** Whom a {@link MemoryDirectory} holds. */
export type MemoryPerson = Person & {
  readonly password: string;
  readonly ldapAttributes?: Record<string, readonly string[]>;
};

/** A step of a {@link MemoryDirectory}: a method of the port, or one of its capabilities, e.g. `registry.create`. */
export type MemoryStep = keyof Directory | `${keyof DirectoryCapabilities}.${string}`;

/** A group of a {@link MemoryDirectory} and the keys of the people in it. */
export interface MemoryGroup extends Group {
  readonly members: Set<string>;
}

/** Who is in a {@link MemoryDirectory}, as its capabilities see it. */
export interface MemoryPeople {
  readonly people: Map<string, MemoryPerson>;
  readonly heldGroups: Map<string, MemoryGroup>;
  before: (step: MemoryStep) => void | Promise<void>;
  add(fields?: Partial<MemoryPerson>): MemoryPerson;
  /** Changes what the directory says of a person. */
  change(person: Person, fields: Partial<MemoryPerson>): void;
  /** Whoever has this login, in whatever spelling. */
  byLogin(login: string): MemoryPerson | undefined;
  /** A person as they are now. */
  shown(person: Person): Person;
}
