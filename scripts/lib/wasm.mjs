// WebAssembly in bundles and tests: `import x from './name.wasm'` gives the module that `assembly/name.ts` compiles to, as base64.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';

/**
 * Compiles the AssemblyScript that belongs to `file`.
 * @param {string} file path of the `.wasm` that is imported
 * @returns {Promise<string>} a JavaScript module
 */
async function compiled(file) {
  const source = join(dirname(file), 'assembly', basename(file).replace(/\.wasm$/, '.ts'));
  const folder = await mkdtemp(join(tmpdir(), 'wasm-'));
  try {
    const out = join(folder, 'out.wasm');
    const options = ['--runtime', 'stub', '--use', 'abort=', '--enable', 'simd', '--noAssert', '-O3'];
    const { error, stderr } = await asc.main([source, '-o', out, ...options]);
    if (error !== null) throw new Error(stderr.toString());
    return `export default ${JSON.stringify((await readFile(out)).toString('base64'))};`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @type {import('esbuild').Plugin} */
export const wasmForEsbuild = {
  name: 'wasm',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      namespace: 'wasm',
    }));
    build.onLoad({ filter: /.*/, namespace: 'wasm' }, async ({ path }) => ({ contents: await compiled(path) }));
  },
};

/** @type {import('vitest/config').Plugin} */
export const wasmForVite = {
  name: 'wasm',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id.endsWith('.wasm') && importer !== undefined ? `\0${join(dirname(importer), id)}.js` : undefined,
  load: (id) => (id.startsWith('\0') && id.endsWith('.wasm.js') ? compiled(id.slice(1, -3)) : undefined),
};
