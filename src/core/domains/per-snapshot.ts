import type { ConfigurationSnapshot } from './configuration-snapshot.js';

/**
 * Something made from the configuration, once for each snapshot of it. What is asked for by every request is read from
 * maps then, and goes with the snapshot when the configuration changes.
 */
export function perSnapshot<T>(make: (snapshot: ConfigurationSnapshot) => T): (snapshot: ConfigurationSnapshot) => T {
  const made = new WeakMap<ConfigurationSnapshot, { readonly value: T }>();
  return (snapshot) => {
    const known = made.get(snapshot);
    if (known) return known.value;
    const value = make(snapshot);
    made.set(snapshot, { value });
    return value;
  };
}
