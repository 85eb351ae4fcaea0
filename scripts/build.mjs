// Bundles the extension's client, its language server and the command line into dist/.
// --production leaves out source maps and minifies, as the package needs it.
import { chmod, readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { messagesForEsbuild } from './lib/messages.mjs';
import { wasmForEsbuild } from './lib/wasm.mjs';

const production = process.argv.includes('--production');
const { version } = JSON.parse(await readFile('package.json', 'utf8'));

const plugins = [wasmForEsbuild, messagesForEsbuild];

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  plugins,
  logLevel: 'warning',
  define: { FLINK_LOG_LENS_VERSION: JSON.stringify(version) },
};

/**
 * Leaves the language client to a bundle of its own, which the client's stub asks for with the first Flink log: most of the time
 * that a bundle takes to load goes with its length, whether it is evaluated or not.
 * @type {import('esbuild').Plugin}
 */
const languageClientApart = {
  name: 'language client apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/languageClient\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './languageClient.cjs', external: true } : undefined,
    );
  },
};

/**
 * Leaves what both sides of the talk speak, LSP over JSON-RPC, to a bundle that both ask for, so that the package holds it once. Its
 * entry exports all that the packages below it do.
 * @type {import('esbuild').Plugin}
 */
const protocolApart = {
  name: 'protocol apart',
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-(jsonrpc|languageserver-(protocol|types))(\/node)?$/ }, () => ({
      path: './protocol.cjs',
      external: true,
    }));
  },
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { client: 'client/src/extension.ts', languageClient: 'client/src/languageClient.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
    plugins: [languageClientApart, protocolApart],
    // VS Code gives its module to what is required.
    supported: { 'dynamic-import': false },
  }),
  build({
    ...common,
    entryPoints: { server: 'server/src/node.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    plugins: [...plugins, protocolApart],
  }),
  build({
    ...common,
    entryPoints: { protocol: 'vscode-languageserver-protocol/node' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  }),
  build({
    ...common,
    entryPoints: { 'flink-log': 'server/src/cli/main.ts', sifter: 'server/src/cli/sifter.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    // Dependencies that are CommonJS ask for Node's own modules with `require`.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  }),
]);
await chmod('dist/flink-log.mjs', 0o755);
