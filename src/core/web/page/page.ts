import type { ComponentChildren } from 'preact';

/** What one answer shows. */
export interface Page {
  readonly status: number;
  readonly title: string;
  /** The name people know the place by, e.g. their domain; ours when absent. */
  readonly organisation?: string;
  readonly body: ComponentChildren;
  /** Names of the scripts that improve the page; it works without them. */
  readonly scripts?: readonly string[];
  /** Whether its scripts call this site; see `PageReach`. */
  readonly calls?: boolean;
  /** Query parameters that the language switch must carry on. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Address of the manifest, for a page that can be installed as an application (W3C Web Application Manifest). */
  readonly manifest?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
