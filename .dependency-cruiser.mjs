/**
 * Layering: arrows point one way, features -> people, passwords, sessions, tokens -> delivery -> core; surfaces are
 * machinery without business. The files directly below src put the house together and may import everything.
 */
const FEATURES = 'help-desk|token-desk|device|pwreset|selfreg|auth|iam|user-requests|start-page|account';

/** Folders that, like the files directly below src, put the house together: they may import everything. */
const ASSEMBLY = 'cli|demo';

/** Every folder below src that a rule knows; another one needs its place in the layering first. */
const FOLDERS = `core|delivery|tokens|passwords|sessions|people|surfaces|${FEATURES}|${ASSEMBLY}`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'core-stands-alone',
      comment: 'What every feature stands on knows none of them.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      name: 'middle-on-core-only',
      comment: 'delivery and surfaces import core and themselves.',
      severity: 'error',
      from: { path: '^src/(delivery|surfaces)/' },
      to: { path: '^src/', pathNot: '^src/(core|$1)/' },
    },
    {
      name: 'shared-by-features',
      comment: 'tokens, passwords and sessions, which features share, import core, delivery and themselves.',
      severity: 'error',
      from: { path: '^src/(tokens|passwords|sessions)/' },
      to: { path: '^src/', pathNot: '^src/(core|delivery|$1)/' },
    },
    {
      name: 'people-above-sessions',
      comment: 'people, which features share, imports core, sessions and itself.',
      severity: 'error',
      from: { path: '^src/people/' },
      to: { path: '^src/', pathNot: '^src/(core|sessions|people)/' },
    },
    {
      name: 'surfaces-apart',
      comment: 'One protocol knows nothing of another.',
      severity: 'error',
      from: { path: '^src/surfaces/([^/]+)/' },
      to: { path: '^src/surfaces/', pathNot: '^src/surfaces/$1/' },
    },
    {
      name: 'features-apart',
      comment:
        'Features do not import each other; what two of them need belongs to core, delivery, tokens, passwords, sessions, people or surfaces.',
      severity: 'error',
      from: { path: `^src/(${FEATURES})/` },
      to: { path: '^src/', pathNot: '^src/(core|delivery|tokens|passwords|sessions|people|surfaces|$1)/' },
    },
    {
      name: 'known-folders',
      comment: 'A new folder below src needs its place in the layering: write it down in this file.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${FOLDERS})/` },
      to: {},
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration that imports code changes when the code does.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(src|test|scripts)/' },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'Only tests and the bench import test helpers.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.tsx?$' },
      to: { path: ['^test/', '\\.spec\\.tsx?$'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'A package that the running server needs belongs to "dependencies".',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that package.json does not name is there by accident.',
      severity: 'error',
      from: { path: '^(src|migrations|test|bench)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere. Scripts of pages import what is served beside them.',
      severity: 'error',
      from: { pathNot: '^src/core/web/assets/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
