import { expect, test, vi } from 'vitest';
import type { FailedCheckpoint } from '../../server/src/protocol.js';
import { createAnnouncements } from './announcements.js';
import type { CheckpointTree } from './tree.js';

const item = { text: '', show: () => undefined, hide: () => undefined };

vi.mock('vscode', () => ({
  StatusBarAlignment: { Left: 1 },
  ThemeColor: class {
    readonly color = undefined;
  },
  window: { createStatusBarItem: () => item },
  workspace: { getConfiguration: () => ({ get: () => false }) },
}));

const failed = (id: string): FailedCheckpoint => ({ id, text: `Checkpoint ${id} expired after 4.0s`, location: null });

test('what fails while a log is followed is counted at the view, and the newest told in the status bar', () => {
  const badges: (readonly [number, string])[] = [];
  const tree = { badge: (value: number, tooltip: string) => badges.push([value, tooltip]) };
  const announcements = createAnnouncements(tree as unknown as CheckpointTree);
  announcements.start([failed('1')]);
  announcements.failed([failed('1'), failed('2')]);
  expect(badges.at(-1)).toEqual([1, '1 checkpoint failed while the log was followed']);
  announcements.failed([failed('1'), failed('2'), failed('3')]);
  expect(badges.at(-1)).toEqual([2, '2 checkpoints failed while the log was followed']);
  expect(item.text).toBe('$(error) Checkpoint 3 expired after 4.0s (and 1 more)');
});
