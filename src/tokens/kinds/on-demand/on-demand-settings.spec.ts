import { describe, expect, it } from 'vitest';
import { passcodeChannels, secondFactorChannels } from './on-demand-settings.js';

describe('channels of passcodes', () => {
  it('are SMS and mail for a log-on, and SMS alone beside a link', () => {
    expect(passcodeChannels.default).toEqual(['SMS', 'MAIL']);
    expect(secondFactorChannels.default).toEqual(['SMS']);
  });

  it.each([[[]], [['SMS']], [['MAIL', 'SMS']]])('may be %j', (value) => {
    expect(passcodeChannels.parse(value)).toEqual(value);
  });

  it.each(['SMS', [['SMS', 'SMS']], [['TELEPHONE']], [['sms']], [[1]], null, { SMS: true }])(
    'may not be %j',
    (value) => {
      expect(passcodeChannels.parse(value)).toBeUndefined();
    },
  );
});
