import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Classes of attacks, by their number in the register, that reach what is built so far. Tests bear it in their names. */
const CLASSES = new Map([
  [1, 'links that point to a host of the attacker'],
  [2, 'a host learnt from the first request'],
  [3, 'links without TLS'],
  [5, 'steps passed with what is no input'],
  [6, 'a used secret revived in another place'],
  [8, 'a link used for somebody else'],
  [9, 'a secret used for another purpose'],
  [10, 'one kind of secret shown as another'],
  [11, 'a link spent twice'],
  [12, 'older links that survive'],
  [13, 'links used up by mail scanners'],
  [14, 'addresses taken from the client'],
  [15, 'a reset that is a log-in'],
  [17, 'sessions and links that survive a reset'],
  [18, 'accounts registered for somebody else’s address'],
  [19, 'what belonged to somebody of the same name'],
  [21, 'codes that are good twice'],
  [22, 'codes before a used one'],
  [24, 'drift that makes a used code good again'],
  [26, 'guesses at once'],
  [27, 'counts that begin anew with each challenge'],
  [28, 'counts that begin anew with each alias'],
  [29, 'counts that are not numbers'],
  [30, 'ways in on which a lock is not looked at'],
  [31, 'locking out as a weapon'],
  [32, 'addresses that the client chooses'],
  [33, 'addresses that cannot be read'],
  [34, 'many attempts in one request'],
  [44, 'codes of a length or script that nobody expects'],
  [45, 'answers that tell who exists'],
  [46, 'times that tell who exists'],
  [47, 'a dummy hash that some password fits'],
  [48, 'counts and lists that tell too much'],
  [49, 'text that becomes part of a filter or a name'],
  [50, 'empty passwords that a directory takes'],
  [51, 'directories whose certificate is not checked'],
  [52, 'any password taken for right'],
  [53, 'wildcards in names'],
  [54, 'changes done by half'],
  [55, 'seed files that read other files or never end'],
  [61, 'comparisons whose time tells a secret'],
  [62, 'text that becomes part of a mail’s header'],
  [63, 'text that no database can hold'],
  [64, 'rules that only the page checks'],
  [65, 'reaching what belongs to others'],
  [67, 'floods of messages'],
  [68, 'answers that change hands under load'],
  [69, 'waiting for oneself with few connections'],
]);
const HIGHEST = 70;

/** Numbers in the names of tests, with the files that hold them. */
function named(): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  for (const path of globSync('{src,test}/**/*.spec.{ts,tsx}')) {
    for (const [, numbers = ''] of readFileSync(path, 'utf8').matchAll(/\battack ((?:\d+)(?:, \d+)*):/g)) {
      for (const number of numbers.split(', ').map(Number)) {
        const files = found.get(number) ?? new Set();
        found.set(number, files.add(path));
      }
    }
  }
  return found;
}

describe('the register of attacks', () => {
  const found = named();

  it.each([...CLASSES])('class %i, %s, has a test of its own', (number) => {
    expect([...(found.get(number) ?? [])]).not.toEqual([]);
  });

  it('knows every number that a test bears', () => {
    expect([...found.keys()].filter((number) => number < 1 || number > HIGHEST)).toEqual([]);
    const covered = [...found].toSorted(([a], [b]) => a - b);
    const lines = covered.map(
      ([number, files]) => `${String(number).padStart(4)}  ${[...files].toSorted().join(', ')}\n`,
    );
    process.stdout.write(`Attack classes with tests (${covered.length}):\n${lines.join('')}`);
  });
});
