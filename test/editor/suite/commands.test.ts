import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ShowRelatedArguments } from '../../../server/src/protocol.js';
import { closeAll, eventually, find, provided, showSample } from '../editor.js';

/** Puts the cursor where a text stands. */
function putCursor(editor: vscode.TextEditor, text: string): void {
  const position = find(editor.document, text);
  editor.selection = new vscode.Selection(position, position);
}

/** The text of the line that the cursor of the active editor is in. */
const cursorLine = (): string => {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.lineAt(editor.selection.active.line).text ?? '';
};

/** Runs a command and waits until the cursor's line holds a text. */
async function jumps(command: string, text: string): Promise<void> {
  await vscode.commands.executeCommand(command);
  await eventually(cursorLine, (line) => line.includes(text));
}

describe('commands', () => {
  afterEach(closeAll);

  it('go from event to event of one checkpoint, over all logs', async () => {
    const editor = await showSample('standalonesession-0');
    await provided('vscode.executeCodeLensProvider', editor.document.uri);
    putCursor(editor, 'Checkpoint 4 of job');
    await jumps('flinkLogLens.previousEvent', 'checkpoint 4');
    const before = cursorLine();
    assert.ok(!before.includes('expired before completing'));
    await jumps('flinkLogLens.nextEvent', 'Checkpoint 4 of job');
  });

  it('go from failed checkpoint to failed checkpoint', async () => {
    const editor = await showSample('standalonesession-0');
    await provided('vscode.executeCodeLensProvider', editor.document.uri);
    putCursor(editor, 'Triggering checkpoint 1 ');
    await jumps('flinkLogLens.nextFailedCheckpoint', 'Checkpoint 4 of job');
    await jumps('flinkLogLens.nextFailedCheckpoint', 'Checkpoint 8 of job');
    await jumps('flinkLogLens.previousFailedCheckpoint', 'Checkpoint 4 of job');
  });

  it('copy the summary of the checkpoint at the cursor as Markdown', async () => {
    const editor = await showSample('standalonesession-0');
    putCursor(editor, 'Checkpoint 4 of job');
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('flinkLogLens.copyCheckpointSummary');
    const text = await eventually(
      () => vscode.env.clipboard.readText(),
      (copied) => copied !== '',
    );
    assert.match(text, /^\*\*Checkpoint 4 expired after 4\.0s\*\*/);
    assert.match(text, /taskexecutor-0:593/);
    assert.doesNotMatch(text, /file:\/\//);
  });

  it('switch lenses off and on again', async () => {
    const { uri } = (await showSample('standalonesession-0')).document;
    const count = async (): Promise<number> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri)).length;
    await eventually(count, (lenses) => lenses > 0);
    await vscode.commands.executeCommand('flinkLogLens.toggleCodeLens');
    await eventually(count, (lenses) => lenses === 0);
    await vscode.commands.executeCommand('flinkLogLens.toggleCodeLens');
    await eventually(count, (lenses) => lenses > 0);
  });

  it('a lens leads from the expired line of the JobManager to the TaskManager’s line that explains it', async () => {
    const { document } = await showSample('standalonesession-0');
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri, 1000);
    const { line } = find(document, 'Checkpoint 4 of job');
    const command = lenses.find(({ range }) => range.start.line === line)?.command;
    const [, , locations] = (command?.arguments ?? []) as ShowRelatedArguments;
    const texts: string[] = [];
    for (const { uri, range } of locations) {
      if (!uri.includes('taskexecutor-0')) continue;
      // What a click on one of the related lines does.
      await vscode.commands.executeCommand('flinkLogLens.openLine', { uri, range });
      const editor = await eventually(
        () => vscode.window.activeTextEditor,
        (active) => active?.document.uri.path.includes('taskexecutor-0') === true,
      );
      // A selection to the end of a long message would scroll its time out of sight.
      const start = new vscode.Position(range.start.line, range.start.character);
      assert.ok(editor?.selection.isEmpty === true && editor.selection.active.isEqual(start));
      texts.push(cursorLine());
    }
    assert.ok(texts.some((text) => text.includes('(3/4)#0 - finished synchronous part of checkpoint 4')));
  });

  it('a click on a lens shows the related lines', async () => {
    const { document } = await showSample('standalonesession-0');
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri, 1000);
    const { line } = find(document, 'Checkpoint 4 of job');
    const command = lenses.find(({ range }) => range.start.line === line)?.command;
    assert.equal(command?.command, 'flinkLogLens.showRelated');
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
  });
});
