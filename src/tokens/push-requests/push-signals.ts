/** Wakes a person's devices, so that nobody has to look whether there is a request. */
export abstract class PushSignals {
  /**
   * Tells these devices to look. Says nothing of the request itself, never fails, and nobody waits for it: a device that
   * hears nothing finds the request when it is opened.
   */
  abstract wake(tokenIds: readonly string[]): void;
}
