// `npm run bench`: measures speed as ratios against a reference in the same run, and prints a table. `--json` for machines,
// `--sizes 10,64,1024` for the megabytes of the logs, `--rounds N`, `--seconds N` for how long a log grows, `--only WORD` for the cases whose function is named so.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { scratchFolder } from '../scripts/lib/scratch.mjs';
import * as cases from './cases.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '16,64,256' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '10' },
  },
});
const folder = scratchFolder();
const rounds = Number(options.rounds);
const sizes = options.sizes.split(',').map(Number);
const middle = Math.min(64, ...sizes.slice(-1));
/** As much as is read of a folder unasked, nearly. */
const large = Math.min(240, ...sizes.slice(-1));

/** @type {Record<string, () => cases.Row[] | Promise<cases.Row[]>>} */
const all = {
  cold: () => sizes.flatMap((megabytes) => cases.coldAnalysis(folder, megabytes, rounds)),
  packed: () => cases.packed(folder, middle, rounds),
  rolled: () => cases.rolled(folder, middle, rounds),
  crashing: () => cases.crashing(folder, rounds),
  table: () => cases.tableCost(folder),
  reopening: () => cases.reopening(folder, Math.max(...sizes), rounds),
  first: () => cases.first(folder, rounds),
  requests: () => cases.requests(folder, large),
  appending: () => cases.appending(folder, Math.max(...sizes), rounds),
  growing: () => cases.growing(folder, Number(options.seconds)),
  activation: () => cases.activation(rounds),
  sizes: cases.sizes,
};

/** @type {cases.Row[]} */
const rows = [];
for (const [name, measure] of Object.entries(all)) if (name.includes(options.only)) rows.push(...(await measure()));

/** @param {number | null | undefined} value @param {number} digits */
const cell = (value, digits) => (value === null || value === undefined ? '' : value.toFixed(digits));
if (options.json) console.log(JSON.stringify({ processors: cpus().length, rows }));
else {
  console.log(`${cpus().length} processors\n`);
  console.log('| case | ms | reference | times it | MB |\n| --- | --: | --- | --: | --: |');
  for (const { case: name, ms, reference = '', ratio, megabytes } of rows)
    console.log(
      `| ${name} | ${cell(ms, 0)} | ${reference} | ${cell(ratio, (ratio ?? 1) < 1 ? 2 : 1)} | ${cell(megabytes, ms === undefined ? 2 : 0)} |`,
    );
}
