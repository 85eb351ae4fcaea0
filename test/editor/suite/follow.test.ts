import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Api } from '../../../client/src/extension.js';
import { closeAll, eventually, openInEditor, withFiles } from '../editor.js';

const job = '5f1a2b3c4d5e6f708192a3b4c5d6e7f8';
const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
const begun = (id: number): number => Date.UTC(2026, 10, 30, 12, id);
const time = (id: number, second: number): string =>
  new Date(begun(id) + 1000 * second).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
const triggered = (id: number): string =>
  `${time(id, 0)} INFO  ${coordinator} Triggering checkpoint ${String(id)} (type=CHECKPOINT) @ ${String(begun(id))} for job ${job}.\n`;
const completed = (id: number): string =>
  `${triggered(id)}${time(id, 1)} INFO  ${coordinator} Completed checkpoint ${String(id)} for job ${job} (4000 bytes, checkpointDuration=900 ms, finalizationTime=5 ms).\n`;
const expired = (id: number): string =>
  `${triggered(id)}${time(id, 10)} INFO  ${coordinator} Checkpoint ${String(id)} of job ${job} expired before completing.\n`;
/** Checkpoints `from` to before `to`. */
const many = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => completed(from + i)).join('');

describe('Follow Log', () => {
  let follow: Api['follow'];

  /** Waits until the last line of the document is on the screen. */
  const atEnd = (editor: vscode.TextEditor): Promise<unknown> =>
    eventually(
      () => (editor.visibleRanges.at(-1)?.end.line ?? 0) - editor.document.lineCount,
      (behind) => behind >= -2,
    );
  const holds = (editor: vscode.TextEditor, text: string): Promise<boolean> =>
    eventually(
      () => editor.document.getText().includes(text),
      (isIn) => isIn,
    );
  const is = (state: Api['follow']['state']): Promise<string> =>
    eventually(
      () => follow.state,
      (now) => now === state,
    );
  const activeEditor = async (scheme: string): Promise<vscode.TextEditor> => {
    const editor = await eventually(
      () => vscode.window.activeTextEditor,
      (active) => active?.document.uri.scheme === scheme && active.document.languageId === 'flink-log',
    );
    assert.ok(editor);
    return editor;
  };

  before(async () => {
    const extension = vscode.extensions.getExtension<Api>('flink-log-lens.flink-log-lens');
    assert.ok(extension);
    ({ follow } = await extension.activate());
  });
  afterEach(async () => {
    await closeAll();
    await is('off');
  });

  it('keeps a log at its end while it grows and rolls, waits while the user reads, and announces failures', () =>
    withFiles({ 'jobmanager.log': many(1, 100) }, async (uriOf) => {
      const { fsPath } = uriOf('jobmanager.log');
      await openInEditor(uriOf('jobmanager.log'));
      const editor = await activeEditor('file');
      await vscode.commands.executeCommand('flinkLogLens.followLog');
      assert.equal(follow.state, 'following');
      await atEnd(editor);
      appendFileSync(fsPath, many(100, 200));
      await holds(editor, 'Completed checkpoint 199 ');
      await atEnd(editor);

      // A line that comes up just then may take the view to the end once more.
      await eventually(
        async () => {
          await vscode.commands.executeCommand('editorScroll', { to: 'up', by: 'line', value: 20 });
          // Follow judges once the view has rested.
          await new Promise((settle) => setTimeout(settle, 1000));
          return follow.state;
        },
        (state) => state === 'paused',
      );
      const top = editor.visibleRanges[0]?.start.line;
      appendFileSync(fsPath, many(200, 300) + expired(300));
      await holds(editor, 'Checkpoint 300 of job');
      assert.equal(editor.visibleRanges[0]?.start.line, top);
      await eventually(
        () => follow.status.at(-1),
        (text) => text?.startsWith('Checkpoint 300 expired') === true,
      );

      await vscode.commands.executeCommand('flinkLogLens.followLog');
      await is('following');
      await atEnd(editor);
      renameSync(fsPath, `${fsPath}.1`);
      writeFileSync(fsPath, many(301, 360));
      await eventually(
        () => editor.document.getText().startsWith(triggered(301)),
        (isNew) => isNew,
      );
      await atEnd(editor);
      assert.equal(follow.state, 'following');
      await vscode.commands.executeCommand('flinkLogLens.followLog');
      assert.equal(follow.state, 'off');
    }));

  it('announces a failure in a notification where the user wants that, which leads to its line', () =>
    withFiles({ 'jobmanager.log': many(1, 100) }, async (uriOf) => {
      const setNotify = (notify: true | undefined): Thenable<void> =>
        vscode.workspace
          .getConfiguration('flinkLogLens')
          .update('follow.notify', notify, vscode.ConfigurationTarget.Global);
      await setNotify(true);
      try {
        await openInEditor(uriOf('jobmanager.log'));
        const editor = await activeEditor('file');
        await vscode.commands.executeCommand('flinkLogLens.followLog');
        appendFileSync(uriOf('jobmanager.log').fsPath, expired(100) + many(101, 110));
        await eventually(
          async () => {
            await vscode.commands.executeCommand('notification.acceptPrimaryAction');
            return editor.document.lineAt(editor.selection.active.line).text;
          },
          (line) => line.includes('Checkpoint 100 of job'),
        );
      } finally {
        await setNotify(undefined);
      }
    }));

  it('keeps a digest at its end, across rolling, with each line once', () =>
    withFiles({ 'jobmanager.log': many(1, 100) }, async (uriOf) => {
      const { fsPath } = uriOf('jobmanager.log');
      await openInEditor(uriOf('jobmanager.log'));
      await activeEditor('file');
      await vscode.commands.executeCommand('flinkLogLens.openDigest');
      const editor = await activeEditor('flink-log-slice');
      await vscode.commands.executeCommand('flinkLogLens.followLog');
      await atEnd(editor);
      appendFileSync(fsPath, many(100, 200));
      renameSync(fsPath, `${fsPath}.1`);
      writeFileSync(fsPath, many(200, 250));
      await eventually(
        () => editor.document.getText() === many(1, 250),
        (isWhole) => isWhole,
      );
      await atEnd(editor);
      assert.equal(follow.state, 'following');
    }));
});
