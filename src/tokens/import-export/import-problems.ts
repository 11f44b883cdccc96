/** Why a token that could be read is not stored. Said to operators, beside file and line. */
export const IMPORT_PROBLEMS = {
  'serial-taken': 'a token with this serial number is there already',
  'owner-not-valid': 'the owner is no `domain\\login`, and no domain was named',
  'owner-unknown': 'the directory knows no such owner, or more than one',
  'owner-slots-full': 'the owner has no free place for a token',
} as const;
export type ImportProblem = keyof typeof IMPORT_PROBLEMS;

/** Ends the import of one token. Stays inside this folder. */
export class ImportRowError extends Error {
  override readonly name = 'ImportRowError';

  constructor(readonly problem: ImportProblem) {
    super(IMPORT_PROBLEMS[problem]);
  }
}
