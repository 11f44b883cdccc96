/** Where the page of push devices is (design, *Paths*). */
export const DEVICE_PATH = '/device';
export const MANIFEST_PATH = `${DEVICE_PATH}/manifest.webmanifest`;
/** The service worker. It stands below the page and must be allowed to serve it (Service Workers, section 3.3). */
export const WORKER_PATH = `${DEVICE_PATH}/worker.js`;
