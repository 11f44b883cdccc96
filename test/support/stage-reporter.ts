import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import { REAL_PARTS, realPart, realPartsRequired } from './real-parts.js';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage extends Counts {
  files: number;
  begunAt: number;
  endedAt: number;
}

/** Says which real parts are here, what each stage took, and hands the counts over to `npm test`. */
export default class StageReporter implements Reporter {
  private readonly stages = new Map<string, Stage>();

  onInit(): void {
    const parts = REAL_PARTS.map((name) => ({ name, part: realPart(name) }));
    const verdict = realPartsRequired() ? 'MISSING, its tests fail' : 'missing, its tests are skipped';
    print('\nReal parts on this machine:');
    for (const { name, part } of parts) {
      print(`  ${name.padEnd(18)}${part.present ? part.path : `${verdict}: ${part.reason}`}`);
    }
  }

  onTestModuleQueued(module: TestModule): void {
    const name = module.project.name;
    const now = performance.now();
    const stage = this.stages.get(name) ?? { files: 0, passed: 0, failed: 0, skipped: 0, begunAt: now, endedAt: now };
    stage.files++;
    this.stages.set(name, stage);
  }

  onTestModuleEnd(module: TestModule): void {
    const stage = this.stages.get(module.project.name);
    if (stage) stage.endedAt = performance.now();
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const total: Counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const counts = countsOf(module);
      add(total, counts);
      const stage = this.stages.get(module.project.name);
      if (stage) add(stage, counts);
    }
    print('\nStage          Files  Passed  Failed  Skipped  Seconds');
    for (const [name, stage] of this.stages) {
      const seconds = ((stage.endedAt - stage.begunAt) / 1000).toFixed(1);
      const columns = [stage.files, stage.passed, stage.failed, stage.skipped, seconds];
      const widths = [7, 8, 8, 9, 9];
      print(name.padEnd(13) + columns.map((value, index) => String(value).padStart(widths[index] ?? 0)).join(''));
    }
    const counts = process.env['LATCHKEY_TEST_COUNTS'];
    if (counts) writeFileSync(counts, JSON.stringify(total));
  }
}

/** Files that do not load and hooks that fail count as failures too: their tests never ran. */
function countsOf(module: TestModule): Counts {
  const counts: Counts = { passed: 0, failed: module.errors().length, skipped: 0 };
  for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') counts.passed++;
    else if (state === 'failed') counts.failed++;
    else counts.skipped++;
  }
  return counts;
}

function add(sum: Counts, counts: Counts): void {
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
