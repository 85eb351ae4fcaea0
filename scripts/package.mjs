// Makes the VSIX: builds for production, packs what .vscodeignore allows, and refuses what does not belong or is too big.
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const limit = 500_000;
const packagePath = 'out/flink-log-lens.vsix';
const allowed = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^dist\/(client|languageClient|protocol|server)\.cjs$/,
  /^(docs\/)?images\//,
  /^syntaxes\//,
];
const needed = [
  'package.json',
  'README.md',
  'LICENSE',
  'dist/client.cjs',
  'dist/languageClient.cjs',
  'dist/protocol.cjs',
  'dist/server.cjs',
];

execFileSync(process.execPath, ['scripts/build.mjs', '--production'], { stdio: 'inherit' });
const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
const stray = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
const missing = needed.filter((file) => !files.includes(file));
if (stray.length > 0) throw new Error(`These files do not belong into the package: ${stray.join(', ')}`);
if (missing.length > 0) throw new Error(`The package lacks ${missing.join(', ')}`);

mkdirSync('out', { recursive: true });
await createVSIX({
  cwd: process.cwd(),
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
const { size } = statSync(packagePath);
if (size > limit) throw new Error(`${packagePath} has ${size} bytes, more than ${limit}`);
console.log(`${packagePath}: ${files.length} files, ${size} bytes`);
