// The cases of the bench. Each gives rows: what, how long, and how many times its reference that is.
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../scripts/lib/root.mjs';
import { writeCrashes } from './crashes.mjs';
import { writeLog } from './log.mjs';
import { analysis, inTurns, isInstalled, median, percentile } from './measure.mjs';

/**
 * @typedef {object} Row
 * @property {string} case
 * @property {number | null} [ms]
 * @property {string} [reference]
 * @property {number} [ratio] how many times the reference
 * @property {number | null} [megabytes] peak memory, or size
 */

/** Texts that one would look for by hand. */
const patterns = ['Triggering checkpoint', 'Completed checkpoint', 'expired before completing', 'Decline checkpoint'];
const searches = [
  { command: 'grep', args: ['-c', '-E', patterns.join('|')] },
  { command: 'rg', args: ['-c', patterns.join('|')] },
];

/**
 * Cold analysis, from the start of the process to the report, against `wc -l` of the same file.
 * @param {string} folder @param {number} megabytes @param {number} rounds
 * @returns {Row[]}
 */
export function coldAnalysis(folder, megabytes, rounds) {
  const log = join(folder, 'cold.log');
  writeLog(log, megabytes * 2 ** 20);
  const others = searches.filter(({ command }) => isInstalled(command));
  const commands = [
    { command: 'wc', args: ['-l', log] },
    analysis(root, [log]),
    ...others.map(({ command, args }) => ({ command, args: [...args, log] })),
  ];
  const [wc, cold, ...found] = inTurns(commands, rounds, join(folder, 'out'));
  rmSync(log);
  if (wc === undefined || cold === undefined) return [];
  return [
    { case: `cold analysis, ${megabytes} MB`, ...cold, reference: 'wc -l', ratio: cold.ms / wc.ms },
    ...others.map(({ command }, i) => ({
      case: `${command} -c of four texts, ${megabytes} MB`,
      ms: found[i]?.ms ?? NaN,
      reference: 'wc -l',
      ratio: (found[i]?.ms ?? NaN) / wc.ms,
    })),
  ];
}

/**
 * A packed log against `gzip -dc`.
 * @param {string} folder @param {number} megabytes @param {number} rounds
 * @returns {Promise<Row[]>}
 */
export async function packed(folder, megabytes, rounds) {
  const log = join(folder, 'packed.log');
  writeLog(log, megabytes * 2 ** 20);
  await pipeline(createReadStream(log), createGzip({ level: 6 }), createWriteStream(`${log}.gz`));
  rmSync(log);
  const commands = [{ command: 'gzip', args: ['-dc', `${log}.gz`] }, analysis(root, [`${log}.gz`])];
  const [gzip, cold] = inTurns(commands, rounds, join(folder, 'out'));
  rmSync(`${log}.gz`);
  if (gzip === undefined || cold === undefined) return [];
  return [{ case: `gzip, ${megabytes} MB unpacked`, ...cold, reference: 'gzip -dc', ratio: cold.ms / gzip.ms }];
}

/**
 * Ten rolled files against one file of their size.
 * @param {string} folder @param {number} megabytes @param {number} rounds
 * @returns {Row[]}
 */
export function rolled(folder, megabytes, rounds) {
  const home = join(folder, 'rolled');
  mkdirSync(home);
  const one = join(folder, 'one.log');
  writeLog(one, megabytes * 2 ** 20);
  const files = Array.from({ length: 10 }, (_, i) => join(home, i === 9 ? 'jm.log' : `jm.log.${9 - i}`));
  const bytes = readFileSync(one);
  let from = 0;
  files.forEach((file, i) => {
    const to = i === 9 ? bytes.length : bytes.indexOf(10, Math.floor((bytes.length * (i + 1)) / 10)) + 1;
    execFileSync('dd', [`of=${file}`, 'bs=1M', 'status=none'], { input: bytes.subarray(from, to) });
    from = to;
  });
  const [whole, parts] = inTurns([analysis(root, [one]), analysis(root, [home])], rounds, join(folder, 'out'));
  rmSync(home, { recursive: true });
  rmSync(one);
  if (whole === undefined || parts === undefined) return [];
  return [{ case: `ten rolled files, ${megabytes} MB`, ...parts, reference: 'one file', ratio: parts.ms / whole.ms }];
}

/**
 * A job that fails 2000 times, against half as many: what is super-linear in restarts takes more than twice the time.
 * @param {string} folder @param {number} rounds
 * @returns {Row[]}
 */
export function crashing(folder, rounds) {
  const failures = 2000;
  const logs = [failures / 2, failures].map((count) => {
    const log = join(folder, `crashing-${count}.log`);
    writeCrashes(log, count);
    return log;
  });
  const [few, all] = inTurns(
    logs.map((log) => analysis(root, [log])),
    rounds,
    join(folder, 'out'),
  );
  for (const log of logs) rmSync(log);
  if (few === undefined || all === undefined) return [];
  return [{ case: `${failures} restarts`, ...all, reference: `${failures / 2} restarts`, ratio: all.ms / few.ms }];
}

/**
 * Recognition with a table of some rows.
 * @param {string} folder @param {string} log @param {number} rows all of them when Infinity
 */
async function recognition(folder, log, rows) {
  const outfile = join(folder, `recognise-${rows}.mjs`);
  await build({
    entryPoints: [join(root, 'bench/recognise.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    plugins: [
      {
        name: 'rows',
        setup(pluginBuild) {
          pluginBuild.onLoad({ filter: /message\/table\/index\.ts$/ }, ({ path }) => ({
            contents: `${readFileSync(path, 'utf8').replace('export const tables', 'const all')}
export const tables = ${rows === Infinity ? 'all' : `[all.flat().filter((row) => row.priority === 1).slice(0, ${rows})]`};`,
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return JSON.parse(execFileSync(process.execPath, [outfile, log], { encoding: 'utf8' }));
}

/** What the length of the table of messages costs. @param {string} folder @returns {Promise<Row[]>} */
export async function tableCost(folder) {
  const log = join(folder, 'table.log');
  writeLog(log, 16 << 20);
  const [few, all] = [await recognition(folder, log, 50), await recognition(folder, log, Infinity)];
  rmSync(log);
  const name = `recognition of ${all.records} records, whole table`;
  return [{ case: name, ms: all.ms, reference: '50 rows', ratio: all.ms / few.ms }];
}

/**
 * A client of the language server as one file, to be run by Node.
 * @param {string} name of the script beside this one
 */
async function client(name) {
  // The samples are looked for beside the folder of the tests.
  const outfile = join(root, `out/${name}.mjs`);
  await build({
    entryPoints: [join(root, `bench/${name}.ts`)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  return {
    /** @param {readonly string[]} args */
    run: (args) => JSON.parse(execFileSync(process.execPath, [outfile, ...args], { encoding: 'utf8', cwd: root })),
    remove: () => {
      rmSync(outfile);
    },
  };
}

/**
 * The first start of the language server with a log, plain and packed, against a start for which it kept what it read.
 * @param {string} folder @param {number} megabytes @param {number} rounds
 * @returns {Promise<Row[]>}
 */
export async function reopening(folder, megabytes, rounds) {
  const home = join(folder, 'reopening');
  mkdirSync(home);
  const log = join(home, 'jm.log');
  const starts = await client('reopen');
  /** @param {string} path @param {string} what @returns {Row[]} */
  const rows = (path, what) => {
    // What was just written is not kept.
    utimesSync(path, 1, 1);
    const { cold, again } = starts.run([home, join(folder, 'kept'), String(rounds)]);
    const reference = `start again with ${what}`;
    return [
      { case: `language server: ${reference}`, ms: median(again) },
      {
        case: `language server: first start with ${what}`,
        ms: median(cold),
        reference,
        ratio: median(cold) / median(again),
      },
    ];
  };
  writeLog(log, megabytes * 2 ** 20);
  const plain = rows(log, `${megabytes} MB`);
  await pipeline(createReadStream(log), createGzip({ level: 6 }), createWriteStream(`${log}.gz`));
  rmSync(log);
  const gzip = rows(`${log}.gz`, `${megabytes} MB as gzip`);
  rmSync(home, { recursive: true });
  starts.remove();
  return [...plain, ...gzip];
}

/**
 * The first answers about logs that are just below the lengths up to which VS Code asks for them, each in its quickest round; the time that the document takes
 * to get to the server is taken off.
 * @param {string} folder @param {number} rounds
 * @returns {Promise<Row[]>}
 */
export async function first(folder, rounds) {
  const home = join(folder, 'first');
  mkdirSync(home);
  const opening = await client('first');
  /** @param {number} megabytes @param {readonly string[]} answers @returns {Row[]} */
  const rows = (megabytes, answers) => {
    const log = join(home, 'jm.log');
    writeLog(log, megabytes * 2 ** 20);
    const { transfer, ...times } = opening.run([log, String(rounds)]);
    return answers.map((name) => {
      const ms = Math.min(...times[name]) - Math.min(...transfer);
      return { case: `first ${name}, ${megabytes} MB`, ms, reference: 'transfer', ratio: ms / Math.min(...transfer) };
    });
  };
  const found = [...rows(19, ['lenses']), ...rows(45, ['colours', 'tree'])];
  opening.remove();
  rmSync(home, { recursive: true });
  return found;
}

/**
 * Requests to the language server, with a log open whose folder is a log set of this size.
 * @param {string} folder @param {number} megabytes
 * @returns {Promise<Row[]>}
 */
export async function requests(folder, megabytes) {
  const home = join(folder, 'requests');
  mkdirSync(home);
  const open = join(home, 'flink-a-standalonesession-0-b.log');
  writeLog(open, 8 << 20);
  writeLog(`${open}.1`, megabytes * 2 ** 20);
  const asking = await client('requests');
  const told = asking.run([open]);
  asking.remove();
  rmSync(home, { recursive: true });
  const set = `${megabytes + 8} MB`;
  return [
    { case: 'language server: start to first answer', ms: median(told.first) },
    { case: `colours while a set of ${set} is read, 95 of 100 within`, ms: percentile(told.colours, 0.95) },
    { case: `colours while a set of ${set} is read, the slowest`, ms: percentile(told.colours, 1) },
    ...['hover', 'definition', 'references'].map((name) => ({
      case: `${name}, 95 of 100 within, set of ${set}`,
      ms: percentile(told[name], 0.95),
    })),
  ];
}

/**
 * A log that grows by 1 MB, against the first reading of it.
 * @param {string} folder @param {number} megabytes @param {number} rounds
 * @returns {Promise<Row[]>}
 */
export async function appending(folder, megabytes, rounds) {
  const log = join(folder, 'appending.log');
  const growing = await client('append');
  const { first, later, work } = growing.run([log, String(megabytes), String(rounds)]);
  growing.remove();
  rmSync(log);
  const reference = 'first reading';
  const name = `append of 1 MB to ${megabytes} MB`;
  // Null where the system does not tell.
  const working = median(work);
  return [
    { case: `${name}, until the tree has it`, ms: median(later), reference, ratio: median(later) / first },
    { case: `${name}, work of that`, ms: working, reference, ratio: working && working / first },
  ];
}

/**
 * Logs that grow fast: with a checkpoint, which is twenty events, in each 130 KB, and in each 6 MB.
 * @param {string} folder @param {number} seconds
 * @returns {Promise<Row[]>}
 */
export async function growing(folder, seconds) {
  return [
    ...(await growingWith(folder, seconds, 720, 'dense')),
    ...(await growingWith(folder, seconds, 36_000, 'sparse')),
  ];
}

/**
 * One that rolls half-way and is followed with its digest. Throws where a checkpoint is lost or doubled.
 * @param {string} folder @param {number} seconds
 * @param {number} others records between two checkpoints @param {string} density that in words
 * @returns {Promise<Row[]>}
 */
async function growingWith(folder, seconds, others, density) {
  const rate = 20;
  const home = join(folder, 'growing');
  mkdirSync(home);
  const following = await client('grow');
  const { checkpoints, told, doubled, lag, memory } = following.run([home, ...[rate, seconds, others].map(String)]);
  following.remove();
  rmSync(home, { recursive: true });
  if (told !== checkpoints || doubled !== 0)
    throw new Error(`${told} of ${checkpoints} checkpoints were told, ${doubled} twice`);
  const name = `growing by ${rate} MB/s for ${seconds} s, ${density}`;
  return [
    { case: `${name}, half of it told`, megabytes: memory[Math.floor(memory.length / 2)] },
    { case: `${name}, until the last checkpoint is told`, ms: lag, megabytes: Math.max(...memory) },
  ];
}

/**
 * What each window of VS Code pays for the extension, against an empty Node.
 * @param {number} rounds
 * @returns {Row[]}
 */
export function activation(rounds) {
  const activate = [join(root, 'bench/activate.mjs'), join(root, 'dist/client.cjs')];
  /** @type {{ empty: number, stub: number }[]} */
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    execFileSync(process.execPath, ['--eval', '']);
    const empty = performance.now() - started;
    runs.push({ empty, stub: Number(execFileSync(process.execPath, activate, { encoding: 'utf8' })) });
  }
  const [ms, reference] = [median(runs.map(({ stub }) => stub)), median(runs.map(({ empty }) => empty))];
  return [{ case: 'loading and activating the stub', ms, reference: 'empty Node', ratio: ms / reference }];
}

/** What is shipped. @returns {Row[]} */
export const sizes = () =>
  [
    ...['client.cjs', 'languageClient.cjs', 'protocol.cjs', 'server.cjs', 'flink-log.mjs', 'sifter.mjs'].map(
      (name) => `dist/${name}`,
    ),
    'out/flink-log-lens.vsix',
  ]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ case: `size of ${path}`, megabytes: statSync(join(root, path)).size / 1e6 }));
