/** One call of the command line, from its arguments to its exit status. */
import { once } from 'node:events';
import { buildLogSet } from '../checkpoint/logSet.js';
import type { Source } from '../checkpoint/model.js';
import { analyse } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import type { Severity } from '../finding/finding.js';
import { oneLine } from '../text/escape.js';
import { readCall, usage, type AnalyzeCall, type AnalyzeFormat, type EventsCall } from './arguments.js';
import { eventLines } from './events.js';
import { jsonReport, type Tool } from './json.js';
import { readLogs, type OnProgress } from './logs.js';
import { markdownReport } from './markdown.js';
import { shortenMiddle, terminalWidth } from './paragraph.js';
import { textReport } from './report.js';
import { sarifReport } from './sarif.js';
import type { Sifters } from './sifters.js';
import { select, whyEmpty } from './select.js';
import { overruledZones, unusedZone, withZones } from './zone.js';

/** Exit statuses, as scripts know them. */
const done = 0;
const failOnMet = 1;
const wrong = 2;

type Report = (analysis: Analysis, call: AnalyzeCall, tool: Tool) => Iterable<string>;

const reports: Readonly<Record<AnalyzeFormat, Report>> = {
  text: (analysis, { checkpoint }) => [textReport(analysis, checkpoint !== null)],
  markdown: (analysis, { checkpoint }) => [markdownReport(analysis, checkpoint !== null)],
  json: (analysis, _call, tool) => jsonReport(analysis, tool),
  sarif: (analysis, _call, tool) => [sarifReport(analysis, tool)],
};

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Carries out the call that `args` make and gives its exit status. Only standard output and error are written. */
export async function run(args: readonly string[], tool: Tool, sifters: Sifters): Promise<number> {
  const call = readCall(args);
  switch (call.command) {
    case 'help':
      await print([usage]);
      return done;
    case 'version':
      await print([`${tool.name} ${tool.version}\n`]);
      return done;
    case 'wrong':
      return refuse(call.remedy);
    case 'analyze':
    case 'events': {
      const sources = await readLogs(call.paths, { sifters, layouts: call.layouts }, showProgress());
      sifters.close();
      const reason = whyNothing(call.paths, sources);
      if (reason !== null) return refuse(reason);
      return call.command === 'events' ? printEvents(call, sources) : printAnalysis(call, sources, tool);
    }
  }
}

async function printEvents({ format }: EventsCall, sources: readonly Source[]): Promise<number> {
  await print(eventLines(buildLogSet(sources), format));
  return done;
}

async function printAnalysis(call: AnalyzeCall, sources: readonly Source[], tool: Tool): Promise<number> {
  const unused = unusedZone(sources, call.zones);
  if (unused !== undefined)
    return refuse(`--time-zone: no log is ${JSON.stringify(unused.who)}; use JM, TM or a part of a path`);
  const whole = analyse(withZones(sources, call.zones));
  const overruled = overruledZones(whole.logSet.sources);
  if (overruled !== null) say(overruled);
  const empty = whyEmpty(whole, call);
  if (empty !== null) return refuse(empty);
  const analysis = select(whole, call);
  await print(reports[call.format](analysis, call, tool));
  const { failOn } = call;
  const met = failOn !== null && analysis.findings.some(({ severity }) => ranks[severity] >= ranks[failOn]);
  return met ? failOnMet : done;
}

/** Why there is nothing to analyse; null where something was read. */
function whyNothing(paths: readonly string[], sources: readonly Source[]): string | null {
  if (sources.some(({ error, lines }) => error === null || lines > 0)) return null;
  const [first, ...others] = sources;
  if (first === undefined)
    return `${paths.join(', ')}: no file here looks like a log of Flink; name a file to read it anyway`;
  const more = others.length === 0 ? '' : `, and ${others.length} more could not be read`;
  return `${first.path}: ${first.error ?? ''}${more}`;
}

/** Says on standard error why a call cannot be carried out, and gives the exit status for that. */
export function refuse(reason: string): number {
  say(reason);
  return wrong;
}

function say(text: string): void {
  process.stderr.write(`flink-log: ${oneLine(text)}\n`);
}

const batchLength = 64 * 1024;

/** Writes to standard output no faster than it is read. */
async function print(texts: Iterable<string>): Promise<void> {
  let batch = '';
  const flush = async (): Promise<void> => {
    if (!process.stdout.write(batch)) await once(process.stdout, 'drain');
    batch = '';
  };
  for (const text of texts) {
    batch += text;
    if (batch.length >= batchLength) await flush();
  }
  await flush();
}

/** Shows on a terminal which file is being read, on one line that vanishes at the end. */
function showProgress(): OnProgress {
  if (!process.stderr.isTTY) return () => undefined;
  return (path, at, of) => {
    const text = at === of ? '' : shortenMiddle(`reading ${at + 1}/${of} ${oneLine(path)}`, terminalWidth - 1);
    process.stderr.write(`\r\u001b[K${text}`);
  };
}
