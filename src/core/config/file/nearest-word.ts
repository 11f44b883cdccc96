/** The known word that `word` was probably meant to be, or undefined when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const written = fold(word);
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(written, fold(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}

/** `base_dn`, `BaseDN` and `base-dn` all mean `baseDn`. */
function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, '').slice(0, 64);
}

/** Levenshtein distance: insertions, deletions and replacements needed. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    let left = i + 1;
    let corner = i;
    const row = [left];
    for (const [j, other] of b.split('').entries()) {
      const over = above[j + 1] ?? 0;
      left = Math.min(left + 1, over + 1, corner + (letter === other ? 0 : 1));
      corner = over;
      row.push(left);
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
