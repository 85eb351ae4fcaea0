// The command line's entry: `flink-log analyze PATH…` and `flink-log events PATH…`.
import { reasonOf } from '../source/folder.js';
import { refuse, run } from './run.js';
import { createSifters } from './sifters.js';

/** The version of package.json, which the bundler puts here. */
declare const FLINK_LOG_LENS_VERSION: string;

// A reader such as `head` may close the pipe early; that is its right.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : refuse(`the output cannot be written: ${reasonOf(error)}`));
});

const tool = { name: 'flink-log', version: FLINK_LOG_LENS_VERSION };
process.exitCode = await run(process.argv.slice(2), tool, createSifters(new URL('sifter.mjs', import.meta.url)));
