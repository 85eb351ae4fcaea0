import { builtinModules } from 'node:module';
import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** The rooms of the core in their order: each knows those before it only. */
const rooms = ['scan', 'layout', 'message', 'checkpoint', 'cache', 'text', 'finding', 'feature'];
/** @param {string} room what is behind it */
const behind = (room) => [...rooms.slice(rooms.indexOf(room) + 1), 'source', 'session', 'cli'];
const nodeOnly = ['process', 'Buffer', 'global', '__dirname', '__filename', 'require', 'setImmediate'];

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
  rooms.map((room) => ({
    files: [`server/src/${room}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: 'The core is pure: no Node imports.' })),
          patterns: [
            {
              group: ['node:*', 'vscode', 'vscode-languageserver', 'vscode-languageserver/*'],
              message: 'The core is pure.',
            },
            {
              group: behind(room).map((other) => `../**/${other}/*`),
              message: `What is behind ${room} is not known there.`,
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', ...nodeOnly],
    },
  })),
  {
    // The server serves any host: only its entries know Node.
    files: ['server/src/session/**/*.ts', 'server/src/{server,protocol,settings}.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: 'Only source/ and the entries import Node.' })),
          patterns: [{ group: ['node:*', 'vscode'], message: 'Only source/ and the entries import Node.' }],
        },
      ],
      'no-restricted-globals': ['error', ...nodeOnly],
    },
  },
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
