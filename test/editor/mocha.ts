// Runs inside VS Code's extension host: every test file of one suite, by mocha, which writes its JSON report.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** VS Code calls this; a rejection makes its exit status 1. */
export async function run(): Promise<void> {
  const { FLINK_LOG_LENS_SUITE: folder, FLINK_LOG_LENS_REPORT: output } = process.env;
  if (folder === undefined || output === undefined) throw new Error('Run this through test/editor/run.mjs.');
  const mocha = new Mocha({ timeout: 60_000, forbidOnly: true, reporter: 'json', reporterOptions: { output } });
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(folder, file));
  }
  const failed = await new Promise<number>((settle) => mocha.run(settle));
  if (failed > 0) throw new Error(`${String(failed)} tests failed`);
}
