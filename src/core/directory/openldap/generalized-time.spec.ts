import { expect, it } from 'vitest';
import { generalizedTime } from './generalized-time.js';

it('reads the times that OpenLDAP writes', () => {
  expect(generalizedTime('20261122114947Z')).toEqual(new Date('2026-11-22T11:49:47Z'));
  expect(generalizedTime('20261122114947.768266Z')).toEqual(new Date('2026-11-22T11:49:47.768Z'));
  expect(generalizedTime('2026112211Z')).toEqual(new Date('2026-11-22T11:00:00Z'));
});

it('reads nothing else', () => {
  for (const text of [undefined, '', 'soon', '000001010000Z', '20261399999999Z', '20261122114947']) {
    expect(generalizedTime(text)).toBeUndefined();
  }
});
