import { describe, expect, it } from 'vitest';
import { readOutput } from '../../bench/harness/pgbench.js';
import { ratioOf } from '../../bench/harness/report.js';
import type { Contender, Sample } from '../../bench/harness/scenario.js';
import { latenciesOf, spreadOf } from '../../bench/harness/statistics.js';

describe('figures of the bench', () => {
  it('says the least, the middle and the most of several samples', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 });
    expect(spreadOf([])).toBeUndefined();
  });

  it('takes percentiles by nearest rank', () => {
    const milliseconds = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(latenciesOf(milliseconds)).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
    expect(latenciesOf([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 });
    expect(latenciesOf([])).toBeUndefined();
  });

  it('divides what was measured in the same run', () => {
    const measured = [
      { contender: contender('product'), samples: [sample(10), sample(30), sample(20)], censuses: [] },
      { contender: contender('yardstick'), samples: [sample(20), sample(40), sample(80)], censuses: [] },
    ];
    const ratio = { title: '', of: 'product', to: 'yardstick' };
    expect(ratioOf(measured, ratio)).toEqual({ min: 0.25, median: 0.5, max: 0.75 });
  });

  it('reads what pgbench prints', () => {
    const output = [
      'transaction type: script.sql',
      'number of transactions actually processed: 2193',
      'number of failed transactions: 3 (0.137%)',
      'latency average = 14.6 ms',
      'tps = 1095.654321 (without initial connection time)',
    ].join('\n');
    expect(readOutput(output)).toEqual({ perSecond: 1095.654321, outcomes: 2193, errors: 3 });
    expect(() => readOutput('pgbench: error')).toThrow('pgbench said');
  });
});

function contender(name: string): Contender {
  return { name, title: name, unit: 'requests', drive: () => Promise.resolve(sample(0)) };
}

function sample(perSecond: number): Sample {
  return { perSecond, outcomes: perSecond, errors: 0 };
}
