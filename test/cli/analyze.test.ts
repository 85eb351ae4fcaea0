/** `flink-log analyze` on logs of real clusters. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { analysisOf, flinkLog, type Analysis } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'flink-log-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const clusters = ['samples', ...readdirSync('test/fixtures/clusters').map((name) => `test/fixtures/clusters/${name}`)];
const logs = readdirSync('samples')
  .filter((name) => name.endsWith('.log'))
  .map((name) => `samples/${name}`);

describe('--format json', () => {
  const taskManager = 'test/fixtures/clusters/1.13.6-sync-failure-info/flink-user-taskexecutor-1-vm.log';

  test.each([...clusters, taskManager])('%s: the document fits its schema, and each claim has its lines', (path) => {
    const { sources, jobs, findings } = analysisOf([path]);
    const checkpoints = jobs.flatMap((job) => job.checkpoints);
    const claims = [...checkpoints, ...checkpoints.flatMap(({ subtasks }) => subtasks), ...findings];
    expect(checkpoints.length).toBeGreaterThan(0);
    expect(claims.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
    for (const { source, line } of claims.flatMap(({ evidence }) => evidence))
      expect(line).toBeLessThanOrEqual(sources[source]?.lines ?? 0);
  });

  test('names the subtask that held the checkpoints of the samples', () => {
    const expired = analysisOf(['samples']).findings.filter(({ rule }) => rule === 'expired');
    expect(expired).toMatchObject([{ severity: 'error', checkpoints: [4, 8] }]);
    expect(expired[0]?.subtasks[0]).toBe('stateful-process -> enrich-map (3/4)');
  });

  test('is the same for any order of paths, and for a file that is named twice', () => {
    const { stdout } = flinkLog(['analyze', '--format', 'json', ...logs]);
    expect(flinkLog(['analyze', '--format', 'json', ...logs.toReversed()]).stdout).toBe(stdout);
    expect(flinkLog(['analyze', '--format', 'json', ...logs, 'samples']).stdout).toBe(stdout);
  });

  test('is the same for packed logs', () => {
    const packed = join(folder, 'packed');
    cpSync('samples', packed, { recursive: true });
    for (const name of readdirSync(packed)) {
      writeFileSync(join(packed, `${name}.gz`), gzipSync(readFileSync(join(packed, name))));
      rmSync(join(packed, name));
    }
    const { stdout } = flinkLog(['analyze', '--format', 'json', packed]);
    const plain = flinkLog(['analyze', '--format', 'json', 'samples']).stdout;
    expect(stdout.replaceAll('.log.gz', '.log').replaceAll(packed, 'samples')).toBe(plain);
  });

  test.each(['zst', 'bz2', 'xz'])('is the same for logs packed as .%s, one by one and in an archive', (extension) => {
    const cluster = 'test/fixtures/clusters/1.20.5-expired-info';
    const plain = flinkLog(['analyze', '--format', 'json', cluster]).stdout;
    const packed = join(folder, extension);
    mkdirSync(packed);
    for (const name of readdirSync('test/fixtures/packed'))
      if (name.endsWith(`.log.${extension}`)) cpSync(join('test/fixtures/packed', name), join(packed, name));
    const { stdout } = flinkLog(['analyze', '--format', 'json', packed]);
    expect(stdout.replaceAll(`.log.${extension}`, '.log').replaceAll(packed, cluster)).toBe(plain);

    const archive = `test/fixtures/packed/logs.tar.${extension}`;
    const archived = flinkLog(['analyze', '--format', 'json', archive]).stdout;
    expect(archived.replaceAll(`${archive}!./`, `${cluster}/`)).toBe(plain);
  });

  test('reads a file of any name where its text looks like a log of Flink, and no other', () => {
    const mixed = join(folder, 'mixed');
    cpSync('samples', mixed, { recursive: true });
    cpSync(logs[0] ?? '', join(mixed, 'pasted.txt'));
    writeFileSync(join(mixed, 'notes.log'), '2026-11-22 13:40:02,341 INFO  com.example.Shop - checkpoint reached\n');
    writeFileSync(join(mixed, 'empty.log'), '');
    const names = analysisOf([mixed]).sources.map(({ path }) => path.slice(mixed.length + 1));
    expect(names).toEqual([...logs.map((path) => path.slice('samples/'.length)), 'pasted.txt'].sort());
  });

  test('tells of what could not be read, and analyses the rest', () => {
    const broken = join(folder, 'broken.log.gz');
    const whole = gzipSync(readFileSync(logs[0] ?? ''));
    writeFileSync(broken, whole.subarray(0, whole.length / 2));
    const zip = join(folder, 'logs.zip');
    writeFileSync(zip, 'PK\u0003\u0004');
    const { sources, jobs } = analysisOf(['samples', 'no/such.log', broken, zip]);
    const errors = Object.fromEntries(sources.map(({ path, error }) => [path, error]));
    expect(errors).toMatchObject({
      'no/such.log': 'no such file or folder',
      [broken]: 'the compressed file ends too early',
      [zip]: 'the archive ends too early: copy it again',
      [logs[0] ?? '']: null,
    });
    expect(jobs.flatMap(({ checkpoints }) => checkpoints).length).toBeGreaterThan(0);
  });

  test('reads standard input', () => {
    const { sources, jobs } = analysisOf(['-'], readFileSync(logs[0] ?? '', 'utf8'));
    expect(sources.map(({ path }) => path)).toEqual(['-']);
    expect(jobs[0]?.checkpoints.filter(({ outcome }) => outcome === 'expired')).toHaveLength(2);
  });

  test('--job and --checkpoint leave out the rest', () => {
    const two = 'test/fixtures/clusters/1.13.6-two-jobs';
    const ids = analysisOf([two]).jobs.map(({ id }) => id ?? '');
    const job = ids[0]?.slice(0, 8) ?? '';
    const one = analysisOf([two, '--job', job]);
    expect(new Set(ids).size).toBe(2);
    expect(one.jobs.map(({ id }) => id)).toEqual([ids[0]]);
    expect(one.findings.filter((finding) => finding.job === ids[1])).toEqual([]);

    const fourth = analysisOf(['samples', '--checkpoint', '4']);
    expect(fourth.jobs.flatMap(({ checkpoints }) => checkpoints).map(({ id }) => id)).toEqual([4]);
    expect(fourth.findings.map(({ rule }) => rule)).toContain('expired');
    expect(analysisOf(['samples', '--checkpoint', '3']).findings.map(({ rule }) => rule)).not.toContain('expired');
  });

  test('--time-zone sets the offset of the clocks it names, where these do not tell it', () => {
    const [line] = readFileSync('samples/flink-flink-taskexecutor-0-vm.log', 'utf8').split('\n', 1);
    const zones = (...args: string[]) => {
      const { stdout, stderr } = flinkLog(['analyze', '-', '--format', 'json', ...args], line);
      return [(JSON.parse(stdout) as Analysis).sources.map(({ zoneOffsetMinutes }) => zoneOffsetMinutes), stderr];
    };
    expect(zones('--time-zone=+08:00')).toEqual([[480], '']);
    expect(zones('--time-zone', '-03:30')).toEqual([[-210], '']);
    const { status, stderr } = flinkLog(['analyze', 'samples', '--time-zone=JM=+08:00']);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^flink-log: --time-zone: not used for .*standalonesession[^\n]*\n$/) as string,
    });
  });
});

describe('reports for people', () => {
  // After a wanted change: node dist/flink-log.mjs ARGUMENTS > FILE, and read what changed.
  test.each([
    ['samples.txt', ['samples']],
    ['samples-checkpoint-4.txt', ['samples', '--checkpoint', '4']],
    ['samples.md', ['samples', '--format', 'markdown']],
    ['expired-info.txt', ['test/fixtures/clusters/1.20.5-expired-info']],
    ['not-flink.txt', ['.prettierrc.json', '.nvmrc']],
  ])('%s', (golden, args) => {
    expect(flinkLog(['analyze', ...args]).stdout).toBe(readFileSync(`test/cli/golden/${golden}`, 'utf8'));
  });

  test.each(clusters)('%s: the text fits a terminal of 80 columns', (path) => {
    const lines = flinkLog(['analyze', path]).stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test('control characters of a log do not reach the terminal', () => {
    const line = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
    const log = `Triggering\u001b]0;pwned\u0007 checkpoint\n\u001b[31m${line}\u001b[0m\n`;
    for (const command of ['analyze', 'events'])
      expect(flinkLog([command, '-'], log).stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

describe('--format sarif', () => {
  test('has a result for each finding, at its telling line', () => {
    interface Sarif {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        artifacts: { location: { uri: string } }[];
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          locations: {
            physicalLocation: {
              artifactLocation: { uri: string; index: number };
              region: { startLine: number; startColumn: number; endColumn: number };
            };
          }[];
        }[];
      }[];
    }
    const { version, runs } = JSON.parse(flinkLog(['analyze', '--format', 'sarif', 'samples']).stdout) as Sarif;
    const [run] = runs;
    const { findings, sources } = analysisOf(['samples']);
    expect(version).toBe('2.1.0');
    expect(run?.artifacts.map(({ location }) => location.uri)).toEqual(sources.map(({ path }) => path));
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule));
    for (const result of run?.results ?? []) expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);

    const expired = run?.results.find(({ ruleId }) => ruleId === 'expired');
    const { artifactLocation, region } = expired?.locations[0]?.physicalLocation ?? {};
    const line = readFileSync(artifactLocation?.uri ?? '', 'utf8').split('\n')[(region?.startLine ?? 0) - 1] ?? '';
    expect(expired?.level).toBe('error');
    expect(line.slice((region?.startColumn ?? 0) - 1, (region?.endColumn ?? 0) - 1)).toMatch(
      /^Checkpoint 4 of job \w+ expired before completing\.$/,
    );
  });
});

describe('a layout that is not known', () => {
  const strange = join(folder, 'strange');
  mkdirSync(strange);
  for (const log of logs) {
    const text = readFileSync(log, 'utf8').replaceAll(
      /^(\d{4})-(\d\d)-(\d\d) (\S+) (\w+) +(\S+) +\[\] - /gm,
      '$3/$2/$1 $4 <$5> <$6> ',
    );
    writeFileSync(join(strange, basename(log)), text);
  }
  const layout = ['--layout', '%d{dd/MM/yyyy HH:mm:ss,SSS} <%p> <%c> %m'];

  test('is read in a folder where its files have names of Flink', () => {
    const { sources, jobs } = analysisOf([strange]);
    expect(sources.map(({ path }) => basename(path))).toEqual(logs.map((log) => basename(log)));
    const names = jobs.flatMap((job) => job.checkpoints.flatMap(({ subtasks }) => subtasks.map(({ name }) => name)));
    expect(names.filter((name) => /^\d|[<\n]/.test(name ?? ''))).toEqual([]);
  });

  test('is said in the report, with what to do', () => {
    const { stdout } = flinkLog(['analyze', strange]);
    expect(stdout.replace(/\s+/g, ' ')).toContain('its layout was not recognised, see --layout.');
    expect(stdout.replace(/\s+/g, ' ')).toContain('Describe it by the pattern of its appender, with --layout');
    expect(flinkLog(['analyze', ...layout, strange]).stdout).not.toContain('--layout');
  });

  test('is described by --layout', () => {
    const { jobs } = analysisOf(['samples']);
    const outcomes = jobs.map((job) => job.checkpoints.map(({ outcome }) => outcome));
    const told = analysisOf([...layout, strange]).jobs;
    expect(told.map((job) => job.checkpoints.map(({ outcome }) => outcome))).toEqual(outcomes);
    const plain = flinkLog(['events', '--format', 'jsonl', 'samples']).stdout.split('\n');
    const events = flinkLog(['events', '--format', 'jsonl', ...layout, strange]).stdout.split('\n');
    expect(events).toHaveLength(plain.length);
  });
});
