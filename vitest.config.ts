import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

/** Tests that stand for a stage of their own; everything else below test/ is the stage `integration`. */
const DIRECTORIES = 'test/{core/directory,*/directories}/**/*.spec.{ts,tsx}';
const BROWSER = 'test/**/{browser/**/*,browser*}.spec.{ts,tsx}';
const CLIENTS = 'test/**/{clients/**/*,client*}.spec.{ts,tsx}';

interface StageOptions {
  readonly exclude?: string[];
  readonly isolate?: boolean;
}

/**
 * Stages run one after another, the files of one stage in parallel. Files of a stage that is not isolated share the
 * modules that their worker has loaded, which saves a third of its time: nothing of ours may keep state in a module.
 */
function stage(name: string, order: number, include: string[], options: StageOptions = {}) {
  return {
    extends: true as const,
    test: { name, include, isolate: false, ...options, sequence: { groupOrder: order } },
  };
}

export default defineConfig({
  oxc: {
    decorator: { legacy: true, emitDecoratorMetadata: true },
    jsx: { runtime: 'automatic', importSource: 'preact' },
  },
  test: {
    projects: [
      // Some of these replace modules by doubles.
      stage('unit', 1, ['src/**/*.spec.{ts,tsx}'], { isolate: true }),
      stage('integration', 2, ['test/**/*.spec.{ts,tsx}'], { exclude: [DIRECTORIES, BROWSER, CLIENTS] }),
      stage('directories', 3, [DIRECTORIES]),
      stage('clients', 4, [CLIENTS]),
      stage('browser', 5, [BROWSER]),
    ],
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    // Wider tests mostly wait for servers: two files at a time even on one core.
    maxWorkers: Math.max(2, availableParallelism()),
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
