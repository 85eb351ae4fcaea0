// The table of messages in bundles: as data, which is read faster than code, and without its samples, which are for tests and docs.
import { build } from 'esbuild';

/**
 * The rows of the table as a JavaScript module.
 * @param {string} path of the table's index
 */
async function rowsOf(path) {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'esm', write: false });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { tables } = await import(`data:text/javascript;base64,${code}`);
  const rows = JSON.stringify(tables, (key, value) => (key === 'samples' ? [] : value));
  return `export const tables = JSON.parse(${JSON.stringify(rows)});`;
}

/** @type {import('esbuild').Plugin} */
export const messagesForEsbuild = {
  name: 'messages',
  setup(outer) {
    outer.onLoad({ filter: /message[\\/]table[\\/]index\.ts$/ }, async ({ path }) => ({
      contents: await rowsOf(path),
    }));
  },
};
