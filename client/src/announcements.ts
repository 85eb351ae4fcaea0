/**
 * Announces checkpoints that fail while their log is followed: in the status bar, at the view, and where asked for in a
 * notification.
 */
import * as vscode from 'vscode';
import { commands, type FailedCheckpoint } from '../../server/src/protocol.js';
import { settingsSection, type clientSettingDefaults } from '../../server/src/settings.js';
import type { CheckpointTree } from './tree.js';

const setting: keyof typeof clientSettingDefaults = 'follow.notify';

/** What failed while the log was followed. */
export interface Announcements {
  /** These are known already; undefined where that cannot be told, and nothing is announced. */
  start(known: readonly FailedCheckpoint[] | undefined): void;
  /** All that have failed by now; the new ones are announced. */
  failed(all: readonly FailedCheckpoint[]): void;
  /** Announces nothing more, and takes back what was. */
  stop(): void;
  /** Texts of those that were announced, the oldest first. */
  readonly texts: readonly string[];
  dispose(): void;
}

/** Starts with nothing to announce. */
export function createAnnouncements(tree: CheckpointTree): Announcements {
  const item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  let known: Set<string> | undefined;
  let announced: readonly FailedCheckpoint[] = [];

  const draw = (): void => {
    const newest = announced.at(-1);
    const count = announced.length === 1 ? '1 checkpoint' : `${String(announced.length)} checkpoints`;
    tree.badge(announced.length, `${count} failed while the log was followed`);
    if (newest === undefined) {
      item.hide();
      return;
    }
    const more = announced.length > 1 ? ` (and ${String(announced.length - 1)} more)` : '';
    item.text = `$(error) ${newest.text}${more}`;
    item.tooltip = announced.map(({ text }) => text).join('\n');
    item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
    const { location } = newest;
    item.command =
      location === null ? undefined : { command: commands.openLine, title: 'Open Line', arguments: [location] };
    item.show();
  };
  const notify = async ({ text, location }: FailedCheckpoint): Promise<void> => {
    const open = 'Open Line';
    const chosen = await vscode.window.showWarningMessage(text, ...(location === null ? [] : [open]));
    if (chosen === open) await vscode.commands.executeCommand(commands.openLine, location);
  };

  return {
    start(all) {
      known = all && new Set(all.map(({ id }) => id));
      announced = [];
      draw();
    },
    failed(all) {
      if (known === undefined) return;
      const news = all.filter(({ id }) => known?.has(id) === false);
      if (news.length === 0) return;
      for (const { id } of news) known.add(id);
      announced = [...announced, ...news];
      draw();
      if (vscode.workspace.getConfiguration(settingsSection).get(setting) === true)
        news.forEach((one) => void notify(one));
    },
    stop() {
      known = undefined;
      announced = [];
      draw();
    },
    get texts() {
      return announced.map(({ text }) => text);
    },
    dispose: () => {
      item.dispose();
    },
  };
}
