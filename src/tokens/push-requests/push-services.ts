import { PushActivations } from './push-activations.js';
import { PushAnswers } from './push-answers.js';
import { PushDenialNotice } from './push-denial-notice.js';
import { PushDevices } from './push-devices.js';
import { PushEndings } from './push-endings.js';
import { PushHousekeeping } from './push-housekeeping.js';
import { PushNonces } from './push-nonces.js';
import { PushNumbers } from './push-numbers.js';
import { PushRequestBook } from './push-request-book.js';
import { PushRequestRepository } from './push-request.repository.js';
import { PushRequests } from './push-requests.js';
import { PushSettlement } from './push-settlement.js';
import { PushSignals } from './push-signals.js';
import { PushWaiting } from './push-waiting.js';
import { PushWakeUps } from './push-wake-ups.js';

/** Asking people on their devices, and taking their answers. */
export const PUSH_SERVICES = [
  PushActivations,
  PushAnswers,
  PushDevices,
  PushNonces,
  PushNumbers,
  PushRequests,
  PushWaiting,
  PushWakeUps,
];

/** What stands behind them. */
export const PUSH_PARTS = [
  PushDenialNotice,
  PushEndings,
  PushHousekeeping,
  PushRequestBook,
  PushRequestRepository,
  PushSettlement,
  { provide: PushSignals, useExisting: PushWakeUps },
];
