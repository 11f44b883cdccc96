import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { reportOf } from '../../bench/harness/report.js';
import { runScenario } from '../../bench/harness/run-scenario.js';
import { scenarios } from '../../bench/scenarios/all.js';
import { describeWith } from '../support/describe-with.js';
import { sharedService } from '../support/shared-service.js';

/** Whether the bench still works; how fast anything is says nothing here. */
describeWith('postgresql', 'bench', () => {
  it.each(scenarios)(
    '$name gets right answers from the built server and from pgbench',
    async (scenario) => {
      const { main } = await sharedService('build');
      const options = { connections: 4, sample: { amount: 20 }, runs: 1, users: 40, peers: false };
      const result = await runScenario(scenario, { ...options, dist: dirname(dirname(main)) }, () => undefined);

      const samples = result.measured.flatMap((measured) => measured.samples);
      expect(samples.map(({ firstError }) => firstError)).toEqual(samples.map(() => undefined));
      expect(samples.every(({ outcomes, errors }) => outcomes > 0 && errors === 0)).toBe(true);
      for (const { title } of result.scenario.ratios) expect(reportOf(result)).toMatch(new RegExp(`${title}: \\d`));
    },
    300_000,
  );
});
