/** From the PATHs of a call to sources: which files are logs, and what they hold. */
import { realpath, stat } from 'node:fs/promises';
import type { Source } from '../checkpoint/model.js';
import { createSourceBuilder, unreadableSource } from '../checkpoint/source.js';
import { looksLikeFlink } from '../layout/detect.js';
import { createLineSplitter } from '../scan/lines.js';
import { filesBelow, reasonOf, type Problem } from '../source/folder.js';
import { bytesOf, textOf } from '../source/text.js';

/** A file to read, or a path that cannot be. */
type Candidate = { readonly path: string; readonly named: boolean } | Problem;

/** Hears what is being read: the path, and how much of how many files is done. */
export type OnProgress = (path: string, done: number, of: number) => void;

/**
 * Reads all logs: files that are named, and those in named folders that look like Flink's. Each real file is read once.
 * What cannot be read is a source with an `error`. Never rejects.
 */
export async function readLogs(paths: readonly string[], onProgress: OnProgress = () => undefined): Promise<Source[]> {
  const candidates = (await Promise.all(paths.map(candidatesOf))).flat();
  const sources: Source[] = [];
  const read = new Set<string>();
  for (const [done, candidate] of candidates.entries()) {
    onProgress(candidate.path, done, candidates.length);
    if ('reason' in candidate) {
      sources.push(unreadableSource(candidate.path, candidate.reason));
      continue;
    }
    const real = await realpath(candidate.path).catch(() => candidate.path);
    if (read.has(real)) continue;
    read.add(real);
    const source = await readLog(candidate.path, candidate.named);
    if (source !== null) sources.push(source);
  }
  onProgress('', candidates.length, candidates.length);
  return sources;
}

async function candidatesOf(path: string): Promise<readonly Candidate[]> {
  if (path === '-') return [{ path, named: true }];
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, named: true }];
  } catch (error) {
    return [{ path, reason: reasonOf(error) }];
  }
  const { files, problems } = await filesBelow(path);
  return [...files.map((file) => ({ path: file, named: false })), ...problems];
}

/** Lines that are looked at to tell whether a file is a log of Flink. */
const sampleLines = 100;
/** Characters to which those lines are cut, for a file that is one long line. */
const sampleLength = 256 * 1024;

/** Reads one log; null where it was found by search and does not look like one of Flink. */
async function readLog(path: string, named: boolean): Promise<Source | null> {
  const builder = createSourceBuilder(path);
  try {
    if (!named && !(await isFlinkLog(path))) return null;
    for await (const { text, bytes } of textOf(bytesOf(path))) builder.push(text, bytes);
    return builder.end();
  } catch (error) {
    return { ...builder.end(), error: reasonOf(error) };
  }
}

async function isFlinkLog(path: string): Promise<boolean> {
  const splitter = createLineSplitter();
  const lines: string[] = [];
  let length = 0;
  for await (const { text } of textOf(bytesOf(path))) {
    length += text.length;
    lines.push(...splitter.push(text.slice(0, sampleLength)));
    if (lines.length >= sampleLines || length >= sampleLength) break;
  }
  return looksLikeFlink([...lines, ...splitter.end()].slice(0, sampleLines));
}
