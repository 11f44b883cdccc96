import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import type { FileProblems } from './file-problems.js';
import type { MapEntry, Path, Place, SourceNode } from './source-node.js';
import { substituteVariables, type Variables } from './substitute-variables.js';

/** Bytes that a configuration file may have. */
export const FILE_SIZE_LIMIT = 1_048_576;

/** Values that a file may have after its aliases are followed, and how deep they may lie. */
const NODE_LIMIT = 100_000;
const DEPTH_LIMIT = 32;

/** The library's own texts quote the source, which may hold a secret; these do not. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the key is written twice',
  TAB_AS_INDENT: 'tabs cannot indent; use spaces',
  BAD_INDENT: 'the indentation does not fit the lines above',
  MISSING_CHAR: 'a closing quote, bracket or a comma is missing',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines; is a colon or a quote missing?',
  BLOCK_AS_IMPLICIT_KEY: 'there is a second colon in this line; put the value in quotes',
  TAG_RESOLVE_FAILED: 'tags (!) are not supported',
};

/**
 * Reads YAML 1.2 into values that know their line, with `${NAME}` filled in. What is wrong goes to `problems`.
 *
 * @returns the top of the file, or undefined when it cannot be read at all
 */
export function parseYaml(text: string, variables: Variables, problems: FileProblems): SourceNode | undefined {
  if (Buffer.byteLength(text, 'utf8') > FILE_SIZE_LIMIT) {
    return problems.add({ line: 1, path: [] }, `the file is larger than ${FILE_SIZE_LIMIT} bytes`);
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'core',
    strict: true,
    prettyErrors: false,
    lineCounter: lines,
  }) as Document.Parsed[];
  for (const { errors, warnings } of documents) {
    for (const { code, pos } of [...errors, ...warnings]) {
      problems.add({ line: lines.linePos(pos[0]).line, path: [] }, SYNTAX[code] ?? 'this is not valid YAML');
    }
  }
  if (problems.any) return undefined;
  const [document, second] = documents;
  if (second) {
    return problems.add({ line: lines.linePos(second.range[0]).line, path: [] }, 'only one document is read');
  }
  if (!document?.contents) return problems.add({ line: 1, path: [] }, 'the file is empty');
  return new TreeBuilder(document, lines, variables, problems).build(document.contents);
}

class TreeBuilder {
  private nodes = 0;
  private overflowed = false;

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private readonly variables: Variables,
    private readonly problems: FileProblems,
  ) {}

  /** @param at line of the key that the value stands behind; a value by itself has the line on which it begins */
  build(node: Node | null, path: Path = [], at?: number): SourceNode {
    const place: Place = { line: at ?? this.lineOf(node) ?? 1, path };
    if (this.isTooLarge(place)) return { kind: 'scalar', value: null, substituted: false, ...place };
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (!target) this.problems.add(place, 'the alias names no anchor above it');
      return this.build(target ?? null, path, place.line);
    }
    if (isSeq<Node>(node)) {
      const items = node.items.map((item, index) => this.build(item, [...path, index]));
      return { kind: 'list', items, ...place };
    }
    if (isMap(node)) {
      const entries = node.items.map((pair) => this.entry(isPair<Node, Node | null>(pair) ? pair : undefined, place));
      return { kind: 'map', entries: entries.filter((entry) => entry !== undefined), ...place };
    }
    return this.scalar(isScalar(node) ? node.value : null, place);
  }

  private entry(pair: { key: Node; value: Node | null } | undefined, map: Place): MapEntry | undefined {
    const keyLine = (pair && this.lineOf(pair.key)) ?? map.line;
    const key = pair && isScalar(pair.key) ? keyText(pair.key.value) : undefined;
    if (!pair || key === undefined) {
      return this.problems.add({ line: keyLine, path: map.path }, 'a key must be a plain word');
    }
    return { key, keyLine, node: this.build(pair.value, [...map.path, key], keyLine) };
  }

  private scalar(value: unknown, place: Place): SourceNode {
    if (typeof value === 'string') {
      const { text, substituted, problems } = substituteVariables(value, this.variables);
      for (const problem of problems) this.problems.add(place, problem);
      if (text.includes('\0') || !text.isWellFormed()) {
        this.problems.add(place, 'contains characters that cannot be stored (NUL or half a surrogate pair)');
      }
      return { kind: 'scalar', value: text, substituted, ...place };
    }
    const plain = typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { kind: 'scalar', value: plain, substituted: false, ...place };
  }

  /** Aliases may repeat, or contain, what they stand in: the number and the depth of values bound both. */
  private isTooLarge(place: Place): boolean {
    this.nodes += 1;
    if (this.nodes <= NODE_LIMIT && place.path.length <= DEPTH_LIMIT) return this.overflowed;
    if (!this.overflowed) this.problems.add({ line: place.line, path: [] }, 'there are too many or too deep values');
    this.overflowed = true;
    return true;
  }

  private lineOf(node: Node | null): number | undefined {
    return node?.range ? this.lines.linePos(node.range[0]).line : undefined;
  }
}

function keyText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
