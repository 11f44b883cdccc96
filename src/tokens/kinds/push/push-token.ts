import { type DeviceKey, readDeviceKey } from './device-key.js';

/** What a push device stores in `Token.state`. The private key never leaves the device. */
export interface PushState {
  readonly key: DeviceKey;
  readonly thumbprint: string;
  /** `oobDeviceModel` of authentication methods section 5. */
  readonly deviceModel: string;
  /** `oobDeviceType`. */
  readonly deviceType: string;
}

/** @throws Error when the stored state is not one that we wrote */
export function pushState(state: Readonly<Record<string, unknown>>): PushState {
  if (!readDeviceKey(state['key'])) throw new Error('the stored state of a push device lacks its key');
  return state as unknown as PushState;
}
