import { ConfigurationError } from '../configuration-error.js';
import { type Path, pathText, type Place, placeAt, type SourceNode } from './source-node.js';

/** Collects what is wrong with one file, so that one run shows everything. Values never get in. */
export class FileProblems {
  private readonly found: { place: Place; problem: string }[] = [];
  private readonly paths = new Set<string>();

  constructor(private readonly fileName: string) {}

  /** Adds a problem. The first one of a value is enough: what comes after it is mostly its consequence. */
  add(place: Place, problem: string): undefined {
    const path = pathText(place.path);
    if (path !== '' && this.paths.has(path)) return;
    this.paths.add(path);
    this.found.push({ place, problem });
  }

  /** Adds a problem at `path` below `node`. */
  addBelow(node: SourceNode, path: Path, problem: string): undefined {
    return this.add(placeAt(node, path), problem);
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** @throws ConfigurationError with every problem as `file:line: path.to.key`, in the order of the lines */
  throwIfAny(): void {
    if (!this.any) return;
    throw new ConfigurationError(
      this.found
        .toSorted((a, b) => a.place.line - b.place.line)
        .map(({ place, problem }) => ({ where: this.where(place), problem })),
    );
  }

  private where({ line, path }: Place): string {
    const position = `${this.fileName}:${line}`;
    return path.length > 0 ? `${position}: ${pathText(path)}` : position;
  }
}
