import type { Scenario } from '../harness/scenario.js';
import { jsonRpcFloor } from './json-rpc-floor.js';
import { passwordResetNone } from './pwreset-none.js';

/** Every scenario, in the order in which they are measured. */
export const scenarios: readonly Scenario[] = [jsonRpcFloor, passwordResetNone];
