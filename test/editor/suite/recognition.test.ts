import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, openInEditor, showSample, withFiles } from '../editor.js';

const incident = `2026-11-22 13:40:02,342 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Triggering checkpoint 4 (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.
2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Checkpoint 4 of job c96225fe124a7185c4d2a31868378839 expired before completing.
`;
const nginx = `2026/11/22 13:40:02 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream
2026/11/22 13:40:03 [notice] 1#1: signal 17 (SIGCHLD) received from 29
`;

/** Time enough for a language to change, where it must not. */
const settled = (): Promise<void> => new Promise((settle) => setTimeout(settle, 1500));

/** Waits for a document to have a language. */
const becomes = (document: vscode.TextDocument, language: string): Promise<string> =>
  eventually(
    () => document.languageId,
    (id) => id === language,
  );

/** Closes all editors and waits until a document is gone. */
async function close(document: vscode.TextDocument): Promise<void> {
  await closeAll();
  await eventually(
    () => document.isClosed,
    (closed) => closed,
  );
}

describe('recognition', () => {
  afterEach(closeAll);

  it('knows Flink’s own file names', async () => {
    const { document } = await showSample('taskexecutor-1');
    assert.equal(document.languageId, 'flink-log');
  });

  it('knows a Flink log of any name by its lines', () =>
    withFiles({ 'incident.log': incident, 'pod.txt': incident, 'jm.log.3': incident }, async (uriOf) => {
      for (const name of ['incident.log', 'pod.txt', 'jm.log.3']) {
        await becomes(await openInEditor(uriOf(name)), 'flink-log');
      }
    }));

  it('leaves other logs alone', () =>
    withFiles({ 'nginx.log': nginx }, async (uriOf) => {
      const document = await openInEditor(uriOf('nginx.log'));
      await settled();
      assert.equal(document.languageId, 'log');
    }));

  it('knows a log that is pasted into an untitled document', async () => {
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.isUntitled, true);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), incident);
    });
    await becomes(editor.document, 'flink-log');
  });

  it('keeps the language that the user picks, also when the file is opened again', () =>
    withFiles({ 'incident.log': incident }, async (uriOf) => {
      const guessed = await openInEditor(uriOf('incident.log'));
      await becomes(guessed, 'flink-log');
      await vscode.languages.setTextDocumentLanguage(guessed, 'log');
      await settled();
      assert.equal(guessed.languageId, 'log');
      await close(guessed);

      const again = await openInEditor(uriOf('incident.log'));
      await settled();
      assert.equal(again.languageId, 'log');
      await vscode.languages.setTextDocumentLanguage(again, 'flink-log');
      await close(again);

      await becomes(await openInEditor(uriOf('incident.log')), 'flink-log');
    }));

  it('keeps the language that the user picks for a file with one of Flink’s own names', () =>
    withFiles({ 'flink-user-taskexecutor-7-host.log': incident }, async (uriOf) => {
      const uri = uriOf('flink-user-taskexecutor-7-host.log');
      const named = await openInEditor(uri);
      await vscode.languages.setTextDocumentLanguage(named, 'plaintext');
      await close(named);
      const again = await openInEditor(uri);
      await becomes(again, 'plaintext');
      await vscode.languages.setTextDocumentLanguage(again, 'flink-log');
      await close(again);
      assert.equal((await openInEditor(uri)).languageId, 'flink-log');
    }));
});
