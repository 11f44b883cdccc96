/** Keys and indexes that lead from the top of the file to a value. */
export type Path = readonly (string | number)[];

/** Where something stands in the file. */
export interface Place {
  /** Line, counted from 1. */
  readonly line: number;
  readonly path: Path;
}

export interface ScalarNode extends Place {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Whether a `${NAME}` was filled in. Such a text may stand for a number or a truth value. */
  readonly substituted: boolean;
}

export interface ListNode extends Place {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

export interface MapNode extends Place {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  readonly key: string;
  readonly keyLine: number;
  readonly node: SourceNode;
}

/** A value of the file that still knows its place. */
export type SourceNode = ScalarNode | ListNode | MapNode;

export function entryOf(node: SourceNode, key: string): MapEntry | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** Whether nothing was written behind the key. */
export function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The place at `path` below `node`, or of the nearest value above it. */
export function placeAt(node: SourceNode, path: Path): Place {
  const wanted = [...node.path, ...path];
  let current = node;
  let line = node.line;
  for (const step of path) {
    const entry = typeof step === 'string' ? entryOf(current, step) : undefined;
    const next = typeof step === 'number' && current.kind === 'list' ? current.items[step] : entry?.node;
    if (!next) break;
    line = entry?.keyLine ?? next.line;
    current = next;
  }
  return { line, path: wanted };
}

/** `domains[2].settings.pwd_policy`; a key that does not look like one is not shown, it may hold a mistyped value. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${showableKey(step)}`))
    .join('');
}

/** `{ password:secret }` without the space is one key in YAML, so keys are quoted only when they look like keys. */
function showableKey(key: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(key) ? key : '(key not shown)';
}
