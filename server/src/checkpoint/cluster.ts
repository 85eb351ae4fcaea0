/**
 * Clusters: logs of two clusters in one set are told apart.
 *
 * Logs belong together that share an identity which two clusters cannot share: an attempt id, a slot's allocation id, a
 * random job id, a random resource id, or a checkpoint that one triggered and the other restored. That two logs share
 * none proves nothing, as a part may be lost; so clusters are apart only where each has a JobManager that is seen to
 * start, or where a JobManager's log without gaps does not know a task that ran meanwhile.
 */
import type { LogEvent } from '../message/event.js';
import { numberField, textField } from '../message/fieldValue.js';
import { begins } from '../message/textOf.js';
import type { Stream } from './draft.js';
import { least } from './extremes.js';
import type { Role } from './model.js';
import { idLength } from './cutId.js';
import { isWholeAttemptId } from './attempts.js';
import { isBanner } from './role.js';
import { isGapFree } from './stream.js';

/** Streams that are joined with each other and with no others. */
export interface Group {
  readonly streams: readonly Stream[];
  /** Number of the cluster; null for a log that may belong to any of several. */
  readonly cluster: number | null;
  /** Whether its logs are all of the set, and each shares an identity with another: then no line more can part them. */
  readonly isTied: boolean;
}

/** What is known to belong together. */
interface Component {
  readonly streams: Stream[];
  readonly identities: Set<string>;
  /** Checkpoints by id and trigger time: two clusters may share one by chance. */
  readonly checkpoints: Set<string>;
  /** Resource ids that two clusters may share. */
  readonly names: Set<string>;
}

/**
 * Whether two clusters can have jobs of this id: all zeros in application mode, and since 1.16 the cluster's id hashed
 * into the first half where high availability fixes it (ApplicationDispatcherBootstrap, ClusterEntrypointUtils).
 */
export const isSharedJobId = (id: string): boolean => /0{16}$/.test(id);

/** Resource ids with random digits, or a YARN container's. */
const isRandomResourceId = (id: string): boolean => /:\d+-[0-9a-f]{6}$|^[0-9a-f]{32}$|^container_/.test(id);

/** How far the clocks of two logs may differ before one is held to contradict the other, ms. */
const slack = 10_000;

/** Splits the streams by cluster; streams that nothing tells apart are one. In the order of their first sources. */
export function groupsOf(streams: readonly Stream[]): Group[] {
  const components = componentsOf(streams);
  const isTied = components.length === 1;
  const cores = components.filter((component) => component.streams.some(isSeenToStart));
  if (cores.length === 0) {
    markLoose(components);
    return [{ streams, cluster: 0, isTied }];
  }
  const clusters = cores.map((core) => ({ core, streams: [...core.streams] }));
  const apart: Component[] = [];
  const unplaced: Component[] = [];
  for (const component of components) {
    if (cores.includes(component)) continue;
    const possible = clusters.filter(({ core }) => !knowsNot(core, component));
    const tied = possible.filter(({ core }) => isTiedTo(core, component));
    const beside = possible.filter(({ core }) => core.streams.some((stream) => isBeside(stream, component)));
    // What decides: what they share, else that there is no other, else the folder.
    const [chosen] = [tied, possible, beside].find((some) => some.length === 1) ?? [];
    if (possible.length === 0) apart.push(component);
    else if (chosen === undefined) unplaced.push(component);
    else {
      for (const stream of component.streams) chosen.streams.push(stream);
      if (tied.length !== 1) markLikely(component);
    }
  }
  const found = [...clusters.map((cluster) => cluster.streams), ...byFolder(apart)].map(inOrder).sort(byFirst);
  const open = unplaced.map((component) => inOrder(component.streams)).sort(byFirst);
  return [
    ...found.map((own, cluster) => ({ streams: own, cluster, isTied })),
    ...open.map((own) => ({ streams: own, cluster: null, isTied })),
  ];
}

/** No JobManager is seen to start: what is not tied to the one that is there is of its cluster only likely. */
function markLoose(components: readonly Component[]): void {
  const anchors = components.filter(({ streams }) => streams.some((stream) => hasRole(stream, 'jobmanager')));
  for (const component of components)
    if (anchors.length > 0 && !anchors.includes(component) && !anchors.some((anchor) => isTiedTo(anchor, component)))
      markLikely(component);
}

function markLikely({ streams }: Component): void {
  for (const stream of streams) stream.isLikely = true;
}

const hasRole = ({ sources }: Stream, ...roles: Role[]): boolean => sources.some(({ role }) => roles.includes(role));

/** Streams connected by identities; a log of another process than JobManager or TaskManager connects no others. */
function componentsOf(streams: readonly Stream[]): Component[] {
  const restored = restoredIn(streams);
  const components = new Set<Component>();
  const byIdentity = new Map<string, Component>();
  for (const stream of streams) {
    const own = identitiesOf(stream, restored);
    const others = isProcess(stream) ? [...own.identities].flatMap((identity) => byIdentity.get(identity) ?? []) : [];
    const [largest, ...rest] = [...new Set([...others, own])].sort((a, b) => b.identities.size - a.identities.size);
    if (largest === undefined) continue;
    for (const other of rest) {
      take(largest, other);
      components.delete(other);
      for (const identity of other.identities) byIdentity.set(identity, largest);
    }
    components.add(largest);
    if (isProcess(stream)) for (const identity of own.identities) byIdentity.set(identity, largest);
  }
  return [...components];
}

function take(into: Component, other: Component): void {
  for (const stream of other.streams) into.streams.push(stream);
  for (const part of ['identities', 'checkpoints', 'names'] as const)
    for (const value of other[part]) into[part].add(value);
}

/** `job 7@epoch` of each checkpoint that a job was restored from; savepoints and retained ones print no epoch but 0. */
function restoredIn(streams: readonly Stream[]): Set<string> {
  const restored = new Set<string>();
  for (const { facts } of streams)
    for (const { event } of facts) {
      const from = restoredBy(event);
      if (from !== null) restored.add(from);
    }
  return restored;
}

/** The checkpoint that a job is restored from by the line; null where it tells none. */
function restoredBy(event: LogEvent): string | null {
  if (event.message.kind !== 'restore') return null;
  const [, id, epoch] = / (\d+) @ (\d+)/.exec(textField(event, 'checkpoint') ?? '') ?? [];
  return id === undefined ? null : `${event.job} ${id}@${epoch}`;
}

function identitiesOf(stream: Stream, restored: ReadonlySet<string>): Component {
  const identities = new Set<string>();
  const checkpoints = new Set<string>();
  const names = new Set<string>();
  for (const { event } of stream.facts) {
    const { attempt, job, checkpoint } = event;
    if (attempt !== null && !identities.has(attempt) && isWholeAttemptId(attempt)) identities.add(attempt);
    if (job?.length === idLength && !identities.has(job) && !isSharedJobId(job)) identities.add(job);
    const slot = textField(event, 'allocationId');
    if (slot !== null) identities.add(slot);
    const taskManager = textField(event, 'resourceId');
    if (taskManager !== null && namesTaskManager(event))
      (isRandomResourceId(taskManager) ? identities : names).add(taskManager);
    const epoch = numberField(event, 'triggerTimestamp');
    if (epoch !== null) checkpoints.add(`${checkpoint}@${epoch}`);
    if (epoch !== null && restored.has(`${job} ${checkpoint}@${epoch}`))
      identities.add(`${job} ${checkpoint}@${epoch}`);
    const from = restoredBy(event);
    if (from !== null) identities.add(from);
  }
  return { streams: [stream], identities, checkpoints, names };
}

/** Lines in which a TaskManager names itself, or a JobManager one that registers. */
const namesTaskManager = (event: LogEvent): boolean =>
  begins(event, 'Starting TaskManager with ResourceID') ||
  begins(event, 'Registering TaskManager with ResourceID') ||
  begins(event, 'Registering task executor ');

const isProcess = (stream: Stream): boolean => hasRole(stream, 'jobmanager', 'taskmanager', 'mixed');

/** Whether the stream holds the start of a JobManager. */
const isSeenToStart = ({ sources }: Stream): boolean =>
  sources.some(({ role, events }) => (role === 'jobmanager' || role === 'mixed') && events.some(isBanner));

/** Whether they share an identity after all, or else a checkpoint or the name of a TaskManager. */
function isTiedTo(core: Component, { identities, checkpoints, names }: Component): boolean {
  return share(identities, core.identities) || share(checkpoints, core.checkpoints) || share(names, core.names);
}

const share = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((value) => b.has(value));

/** Whether a JobManager of the cluster, which logs all of its attempts, ran when a task of the component was deployed. */
function knowsNot(core: Component, component: Component): boolean {
  const spans = core.streams.filter(({ facts }) => facts.some(isDeployment)).flatMap(spanOf);
  return component.streams.some(({ facts }) =>
    facts.some(
      (fact) =>
        isDeployment(fact) &&
        fact.at !== null &&
        spans.some(([from, to]) => (fact.at ?? 0) >= from + slack && (fact.at ?? 0) <= to - slack),
    ),
  );
}

const isDeployment = ({ event }: Stream['facts'][number]): boolean =>
  event.attempt !== null && isWholeAttemptId(event.attempt) && event.fields['toState'] === 'DEPLOYING';

/** The time that a JobManager's log covers from its start without a gap; none for other logs. */
export function spanOf(stream: Stream): (readonly [from: number, to: number])[] {
  const [first, last] = [stream.sources[0], stream.sources.at(-1)];
  if (first?.role !== 'jobmanager' || last === undefined || first.firstTime === null || last.lastTime === null)
    return [];
  if (!first.events.some(isBanner)) return [];
  return isGapFree(stream, first.number, last.number) ? [[first.firstTime, last.lastTime]] : [];
}

const folderOf = ({ name }: Stream): string =>
  name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);

const isBeside = (stream: Stream, component: Component): boolean =>
  component.streams.every((one) => folderOf(one) === folderOf(stream));

/** Logs of clusters without a JobManager: what lies in one folder is taken for one. */
function byFolder(components: readonly Component[]): Stream[][] {
  const folders = new Map<string, Stream[]>();
  for (const { streams } of components) {
    const folder = streams[0] === undefined ? '' : folderOf(streams[0]);
    folders.set(folder, [...(folders.get(folder) ?? []), ...streams]);
  }
  return [...folders.values()];
}

const firstNumber = (streams: readonly Stream[]): number =>
  least(streams.flatMap(({ sources }) => sources.map(({ number }) => number)));

const byFirst = (a: readonly Stream[], b: readonly Stream[]): number => firstNumber(a) - firstNumber(b);

const inOrder = (streams: readonly Stream[]): Stream[] => streams.toSorted((a, b) => byFirst([a], [b]));
