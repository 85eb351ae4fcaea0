/** The node "Files" of the tree: the logs of the set, what wrote them and when. */
import { layouts } from '../layout/layouts.js';
import type { LogSet, PlacedSource } from '../checkpoint/model.js';
import { documentOf, firstLine } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import type { TreeNode } from '../protocol.js';
import { clusterName } from '../text/cluster.js';
import { escapeMarkdown } from '../text/escape.js';
import { separator } from '../text/headline.js';
import { roleNames, sourceNames, taskManagerName } from '../text/name.js';
import { formatSize } from '../text/size.js';
import { skewText } from '../text/skew.js';
import { formatOffset, formatSpan } from '../text/time.js';
import { rangeOf } from './view.js';

/** Id of the node; those of jobs begin with a bracket. */
export const filesId = 'files';

/** The node that holds the files; collapsed. */
export function filesNode({ logSet: { sources } }: Analysis): TreeNode {
  const broken = sources.filter(({ error }) => error !== null).length;
  return {
    id: filesId,
    kind: 'files',
    state: 'none',
    label: 'Files',
    description: broken === 0 ? String(sources.length) : `${sources.length}${separator}${broken} not read`,
    tooltip: null,
    location: null,
    children: 'closed',
  };
}

/** A node for each source, in the order of their paths. */
export function fileNodes({ logSet }: Analysis): TreeNode[] {
  const names = sourceNames(logSet);
  return logSet.sources.map((source, i) => ({
    id: fileId(source),
    kind: 'file',
    state: source.error === null ? 'none' : 'failed',
    label: names[i] ?? source.path,
    description: source.error ?? partsOf(source).join(separator),
    tooltip: tooltipOf(logSet, source),
    location: { uri: documentOf(source), range: rangeOf(firstLine(source), [0, 0]) },
    children: 'none',
  }));
}

const fileId = ({ path }: PlacedSource): string => `${filesId}:${path}`;

/** The file that a node stands for; null for nodes of anything else. */
export function fileOfNode({ logSet: { sources } }: Analysis, node: string): PlacedSource | null {
  return sources.find((source) => fileId(source) === node) ?? null;
}

/**
 * `TaskManager tm-1 · Flink 1.20.5 · 2026-11-22 13:40:02 – 13:45:10 UTC · clock UTC+08:00 · Flink default (log4j 2)`.
 */
function partsOf(source: PlacedSource): string[] {
  const { role, taskManager, flinkVersion, zoneOffsetMinutes } = source;
  return [
    taskManager === null ? roleNames[role] : `${roleNames[role]} ${taskManagerName(taskManager)}`,
    flinkVersion === null ? null : `Flink ${flinkVersion}`,
    spanOf(source),
    zoneOffsetMinutes === null ? null : `clock ${formatOffset(zoneOffsetMinutes)}`,
    layoutOf(source),
  ].filter((part) => part !== null);
}

/** From the first to the last time: in UTC, else as printed. */
function spanOf({ firstTime, lastTime, firstPrinted, lastPrinted }: PlacedSource): string | null {
  if (firstTime !== null && lastTime !== null) return `${formatSpan(firstTime, lastTime)} UTC`;
  if (firstPrinted === null || lastPrinted === null) return null;
  return `${formatSpan(firstPrinted, lastPrinted)}, time zone unknown`;
}

function layoutOf({ layout }: PlacedSource): string | null {
  return layout === null ? 'no known layout' : (layouts.find(({ id }) => id === layout)?.label ?? `${layout} layout`);
}

function tooltipOf(logSet: LogSet, source: PlacedSource): string {
  const size = `${source.lines} lines, ${formatSize(source.bytes)}`;
  const cluster = clusterName(logSet, source.cluster);
  const skew = source.skew === null ? null : skewText(source.skew);
  const clock = skew === null ? [] : [`clock ${skew}`];
  const parts =
    source.error === null
      ? [...partsOf(source), ...(cluster === null ? [] : [cluster]), ...clock, size]
      : [source.error];
  return [source.path, ...parts].map(escapeMarkdown).join('  \n');
}
