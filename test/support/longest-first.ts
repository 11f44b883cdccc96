import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The spec files that take longest, by what they wait for and not by what they say; the longest first. */
const LONGEST = [
  'test/bench/run-scenario.spec.ts',
  'test/faults/processes.spec.ts',
  'test/faults/killed-after-directory.spec.ts',
  'test/cli/built-command.spec.ts',
  'test/faults/keys-rotated.spec.ts',
  'test/delivery/outbox.spec.ts',
  'test/faults/database-away.spec.ts',
  'test/attacks/timing.spec.ts',
  'test/help-desk/contract/rights.spec.ts',
  'test/iam/browser.spec.ts',
  'test/device/browser.spec.ts',
  'test/pwreset/browser.spec.ts',
  'test/user-requests/processing/browser.spec.ts',
  'test/account/browser.spec.ts',
];

/**
 * Begins each stage with what takes longest, so that no worker sits idle at its end while another one is busy with a
 * file that came last. Everything else follows as vitest would have it: by what the last run took, or else by size.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => stage(one) - stage(other) || place(one) - place(other));
  }
}

function stage({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function place({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((path) => moduleId.endsWith(path));
  return found < 0 ? LONGEST.length : found;
}
