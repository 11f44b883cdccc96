import { describe, expect, it } from 'vitest';
import { owedSteps, REQUEST_STEPS, type RequestStep } from './request-steps.js';

const NONE: RequestStep[] = [];

describe('the steps that are still owed', () => {
  it.each([
    ['nothing was ever demanded', NONE, NONE, NONE, NONE],
    ['a step is demanded now', NONE, NONE, ['password'], ['password']],
    ['a step was demanded at the opening, and is not any more', ['password'], NONE, NONE, ['password']],
    ['both demand it', ['password'], NONE, ['password'], ['password']],
    ['it is passed', ['password'], ['password'], ['password'], NONE],
    ['another one is passed', ['second-factor'], ['password'], NONE, ['second-factor']],
    ['two are left', ['second-factor'], NONE, ['password'], ['password', 'second-factor']],
  ] as const)('attack 4: %s', (_, requiredSteps, passedSteps, required, owed) => {
    expect(owedSteps({ requiredSteps, passedSteps }, required)).toEqual(owed);
  });

  it('come in one order, whoever demands them', () => {
    expect(owedSteps({ requiredSteps: [], passedSteps: [] }, REQUEST_STEPS.toReversed())).toEqual(REQUEST_STEPS);
  });
});
