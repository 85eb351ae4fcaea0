/** What a call answers: exit status, standard output, standard error. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { tarOf } from '../tar.js';
import { flinkLog, program } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'flink-log-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a call that makes sense', () => {
  test('exits with 0 and leaves standard error empty', () => {
    for (const command of ['analyze', 'events']) {
      const { status, stdout, stderr } = flinkLog([command, 'samples']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).not.toBe('');
    }
  });

  test('exits with 1 where --fail-on is met, and with 0 where it is not', () => {
    const [trigger = ''] = readFileSync('samples/flink-flink-standalonesession-0-vm.log', 'utf8')
      .split('\n')
      .filter((line) => line.includes('Triggering checkpoint 1 '));
    expect(flinkLog(['analyze', 'samples', '--fail-on', 'error']).status).toBe(1);
    expect(flinkLog(['analyze', 'samples', '--fail-on', 'warning', '--checkpoint', '4']).status).toBe(1);
    expect(flinkLog(['analyze', 'samples', '--fail-on', 'error', '--checkpoint', '1']).status).toBe(0);
    expect(flinkLog(['analyze', '-', '--fail-on', 'warning'], trigger).status).toBe(0);
  });

  test('prints help and version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(flinkLog(['--version'])).toEqual({ status: 0, stdout: `flink-log ${version}\n`, stderr: '' });
    const { status, stdout } = flinkLog(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: flink-log analyze PATH…/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('reads a pipe that is named as it reads standard input', () => {
    const sample = 'samples/flink-flink-standalonesession-0-vm.log';
    const pipe = join(folder, 'pipe.log');
    const calls = `mkfifo "$1" && { gzip -c "$2" > "$1" & "$3" "$4" events "$1"; }`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', calls, 'sh', pipe, sample, process.execPath, program], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.replaceAll(pipe, sample)).toBe(flinkLog(['events', sample]).stdout);
  });

  test.each(['xz', 'bz2'])('says of a .%s that unpacks without end that it was read in part', (extension) => {
    const { status, stdout } = flinkLog(['analyze', `test/fixtures/packed/zeros.${extension}`]);
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `zeros.${extension}: read in part: it unpacks to more than 200 times its size`,
    );
  });

  test('bears a reader that closes the pipe early', async () => {
    const child = spawn(process.execPath, [program, 'events', 'samples', 'test/fixtures'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [status] = (await once(child, 'close')) as [number | null];
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('a call that cannot be carried out', () => {
  test.each([
    ['no command', [], /flink-log analyze PATH…/],
    ['an unknown option', ['analyze', 'samples', '--json'], /--json.*--help/],
    ['no path', ['events'], /name a log file/],
    ['a path that does not exist', ['analyze', 'no/such.log'], /no\/such\.log: no such file or folder/],
    ['several paths that do not exist', ['events', 'a.log', 'b.log'], /a\.log: no such.*and 1 more/],
    ['a folder without logs', ['analyze', 'docs'], /docs: no file here looks like a log of Flink/],
    [
      'a zone for a log that is not there',
      ['analyze', 'samples', '--time-zone=client=+01:00'],
      /--time-zone.*"client"/,
    ],
  ])('%s: exits with 2 and says why on one line', (_, args, reason) => {
    const { status, stdout, stderr } = flinkLog(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^flink-log: [^\n]+\n$/);
    expect(stderr).toMatch(reason);
  });

  test.skipIf(!existsSync('/dev/full'))('exits with 2 and says why where its output cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    for (const command of ['analyze', 'events']) {
      const { status, stderr } = spawnSync(process.execPath, [program, command, 'samples'], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: 'flink-log: the output cannot be written: no space left on the device\n',
      });
    }
    closeSync(full);
  });

  test('names a member of an archive without the control characters of its name', async () => {
    const path = join(folder, 'a.tar');
    const damaged = Buffer.concat([gzipSync('Completed checkpoint 1').subarray(0, 12), Buffer.alloc(8, 0xff)]);
    writeFileSync(path, await tarOf({ 'flink-\u001b]0;pwn\u0007jm.log.gz': damaged }));
    const { status, stderr } = flinkLog(['analyze', path]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^flink-log: \S+a\.tar!flink- \]0;pwn jm\.log\.gz: \P{Cc}+\n$/u);
  });
});
