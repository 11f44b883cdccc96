/** How a command ended. */
export const EXIT = {
  ok: 0,
  /** A problem was found, or the command could not do its work. */
  problem: 1,
  /** The command was called wrongly. */
  usage: 2,
} as const;

/** Ends a command that has already said what is wrong. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
