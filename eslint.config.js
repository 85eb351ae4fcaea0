import { builtinModules } from 'node:module';
import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** The rooms of the core in their order: each knows those before it only. */
const rooms = ['scan', 'layout', 'message', 'checkpoint', 'cache', 'text', 'finding', 'feature'];
const nodeOnly = ['process', 'Buffer', 'global', '__dirname', '__filename', 'require', 'setImmediate'];

/** @param {readonly string[]} unknown */
const notKnown = (unknown) => ({
  group: unknown.map((room) => `**/${room}/*`),
  message: 'That room is not known here: ARCHITECTURE.md says which are.',
});

/**
 * Files that do not know some rooms.
 * @param {string[]} files
 * @param {readonly string[]} unknown
 * @returns {import('typescript-eslint').ConfigWithExtends}
 */
const wall = (files, unknown) => ({
  files,
  ignores: ['**/*.test.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [notKnown(unknown)] }] },
});

/**
 * Files that do not know Node, nor these modules, nor some rooms.
 * @param {string[]} files
 * @param {readonly string[]} unknown
 * @param {readonly string[]} modules
 * @param {string} message
 * @returns {import('typescript-eslint').ConfigWithExtends}
 */
const pureWall = (files, unknown, modules, message) => ({
  files,
  ignores: ['**/*.test.ts', 'server/src/node.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: builtinModules.map((name) => ({ name, message })),
        patterns: [{ group: ['node:*', 'vscode', ...modules], message }, notKnown(unknown)],
      },
    ],
    'no-restricted-globals': ['error', ...nodeOnly],
  },
});

export default tseslint.config(
  // AssemblyScript is no TypeScript.
  { ignores: ['server/src/scan/assembly/', 'dist/', 'out/', '.vscode-test/', 'coverage/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-duplicate-imports': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'variableLike', format: ['camelCase'], leadingUnderscore: 'allow' },
        // What the build puts in, and the engine's classes.
        { selector: 'variable', filter: '^(?:FLINK_LOG_LENS_\\w+|Module|Instance)$', format: null },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['{client,server}/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          enableFixer: false,
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
          contexts: [
            'TSInterfaceDeclaration',
            'TSTypeAliasDeclaration',
            'TSEnumDeclaration',
            'ExportNamedDeclaration > VariableDeclaration',
          ],
        },
      ],
      'jsdoc/no-types': 'error',
      'jsdoc/check-param-names': 'error',
    },
  },
  rooms.map((room) =>
    pureWall(
      [`server/src/${room}/**/*.ts`],
      [...rooms.slice(rooms.indexOf(room) + 1), 'source', 'session', 'cli'],
      ['vscode-languageserver', 'vscode-languageserver/*'],
      'The core is pure.',
    ),
  ),
  // The server serves any host: only its entries know Node.
  pureWall(['server/src/session/**/*.ts', 'server/src/*.ts'], ['cli'], [], 'Only source/ and the entries import Node.'),
  wall(
    ['server/src/source/**/*.ts'],
    ['message', 'checkpoint', 'cache', 'text', 'finding', 'feature', 'session', 'cli'],
  ),
  // The stub is loaded by each window: of the server it has what recognises a log, and the words that both use.
  wall(
    ['client/src/**/*.ts'],
    ['scan', 'message', 'checkpoint', 'cache', 'text', 'finding', 'feature', 'session', 'cli'],
  ),
  {
    // LSP's own parameter types still require fields that LSP deprecates.
    files: ['test/protocol/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    // Tables of data, one row after the other.
    files: ['server/src/message/table/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // tsc checks scripts too, by their JSDoc types, and knows what is defined.
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-undef': 'off' },
  },
);
