import type { Tx } from '../../../../src/core/database/database.js';
import type { Directory, DirectoryCapabilities, Person } from '../../../../src/core/directory/directory.js';

/** Whom to put into a directory, past the port. */
export interface WorldPerson {
  readonly login: string;
  readonly displayName?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly mail?: string;
  readonly mobile?: string;
  readonly password?: string;
}

/**
 * A directory and the way to fill it behind the port's back. What is written in this folder is true of every directory;
 * the suites of the single kinds say what is special to them.
 */
export interface PortWorld {
  readonly directory: Directory & Required<DirectoryCapabilities>;
  /** Where people are. */
  readonly baseDn: string;
  /** Adds a person with an own password unless one is given. */
  add(person: WorldPerson): Promise<Person>;
  /** Adds a group with these people in it. */
  addGroup(name: string, people: readonly Person[]): Promise<void>;
  /** Runs work in a transaction of our database; what a remote directory leaves to do in it is nothing. */
  transaction(work: (tx: Tx) => Promise<void>): Promise<void>;
  /** Removes a person. */
  drop(person: Person): Promise<void>;
}

/** The world of a suite; it exists inside tests and hooks only. */
export type TheWorld = () => PortWorld;

/** A refusal with this code. */
export function refusal(code: string, params: Record<string, unknown> = {}): object {
  return { code, params };
}
