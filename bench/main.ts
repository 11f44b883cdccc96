import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { realPart } from '../test/support/real-parts.js';
import { type Circumstances, readCircumstances, reservations } from './harness/circumstances.js';
import { circumstancesReport, ratioOf, reportOf } from './harness/report.js';
import { runScenario, type ScenarioResult } from './harness/run-scenario.js';
import { type Options, readOptions, UsageError, usage } from './options.js';
import { scenarios } from './scenarios/all.js';

const RESULTS = resolve('bench/results');

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: Options | undefined;
  try {
    options = readOptions(
      args,
      scenarios.map(({ name }) => name),
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage(scenarios)}`);
    return 2;
  }
  if (!options) {
    console.log(usage(scenarios));
    return 0;
  }
  const postgresql = realPart('postgresql');
  if (!postgresql.present) {
    console.error(`The bench measures against a real PostgreSQL, and this machine has none: ${postgresql.reason}`);
    return 1;
  }
  return measure(options);
}

/** Returns 1 when answers were wrong; how fast they were decides nothing. */
async function measure(options: Options): Promise<number> {
  const circumstances = readCircumstances();
  console.log(circumstancesReport(circumstances));
  for (const reservation of reservations(circumstances)) console.log(`Beware: ${reservation}.`);
  mkdirSync(RESULTS, { recursive: true });
  const chosen = scenarios.filter(({ name }) => options.scenarios.length === 0 || options.scenarios.includes(name));
  if (options.peers && chosen.every(({ peers }) => !peers)) console.log('None of these scenarios has peers yet.');
  let wrong = 0;
  for (const scenario of chosen) {
    const result = await runScenario(
      scenario,
      {
        ...options,
        sample: { seconds: options.seconds },
        dist: resolve(options.dist),
        against: options.against && resolve(options.against),
        profileFolder: options.profile ? RESULTS : undefined,
      },
      (text) => console.error(`${scenario.name}: ${text} ...`),
    );
    console.log(reportOf(result));
    const file = join(RESULTS, `${circumstances.at.replaceAll(':', '-')}-${scenario.name}.json`);
    writeFileSync(file, `${JSON.stringify(record(circumstances, options, result), undefined, 2)}\n`);
    console.log(`\nAll figures: ${file}`);
    wrong += result.measured.flatMap(({ samples }) => samples).reduce((sum, { errors }) => sum + errors, 0);
  }
  return wrong > 0 ? 1 : 0;
}

function record(circumstances: Circumstances, options: Options, { scenario, measured }: ScenarioResult) {
  return {
    scenario: scenario.name,
    title: scenario.title,
    circumstances,
    options,
    contenders: measured.map(({ contender, ...figures }) => ({
      name: contender.name,
      title: contender.title,
      unit: contender.unit,
      ...figures,
    })),
    ratios: scenario.ratios.map((ratio) => ({ ...ratio, ...ratioOf(measured, ratio) })),
  };
}
