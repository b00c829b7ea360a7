import { createRequire } from 'node:module';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const { rooms } = createRequire(import.meta.url)('./.ci/rooms.cjs');

const nodeGlobals = Object.fromEntries(
  [...Object.getOwnPropertyNames(globalThis), 'require', 'module', 'exports', '__filename', '__dirname'].map(
    (name) => [name, 'readonly'],
  ),
);

const noBarrels = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that declares the name.' },
  {
    selector: 'ExportNamedDeclaration[source]',
    message: 'No barrels: import from the file that declares the name.',
  },
];

/** Every room is linted with the types of the environment it runs in. */
const typedFolders = [
  ...Object.values(rooms).map(({ folder, tsconfig }) => ({ folder, project: tsconfig })),
  { folder: 'test', project: 'test/tsconfig.json' },
];

export default defineConfig(
  globalIgnores(['node_modules/', 'dist/', 'out/', 'coverage/', '.cache/', 'test-results/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['{src,webview,test}/**/*.ts'],
    ignores: ['test/programs/**'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...noBarrels],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // A default for "all the other kinds" is allowed: recordings carry kinds that this version does not know.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNever: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  ...typedFolders.map(({ folder, project }) => ({
    files: [`${folder}/**/*.ts`],
    ignores: ['test/programs/**'],
    languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  })),
  {
    files: ['{src,webview}/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    // What the program might replace later is captured at the start, and called with its own `this`.
    files: ['src/probe/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/programs/**'],
    rules: {
      // A describe block is as long as its list of tests.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Callbacks of a test are passed straight to mocha, which waits for them.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: { globals: nodeGlobals },
    rules: { 'no-unused-vars': ['error', { ignoreRestSiblings: true }] },
  },
  { files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs' } },
  {
    // Programs to be observed: odd on purpose (endless loops, unused results), and written as learners write.
    files: ['media/examples/**', 'test/programs/**'],
    rules: { 'no-constant-condition': 'off', 'no-empty': 'off', 'no-unused-vars': 'off' },
  },
);
