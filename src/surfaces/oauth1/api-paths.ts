/** Both bases of a path: at the root, and below the context path of on-premise servers (user-requests section 1). */
export function atBothBases(...paths: readonly string[]): string[] {
  return paths.flatMap((path) => [path, `belladati/${path}`]);
}
